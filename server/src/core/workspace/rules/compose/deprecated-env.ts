// A variable that its product has renamed or dropped is read by nobody: the login that it sets up is not there.
import { renameEntry } from '../../../compose/edit-entry.ts';
import { type Image, isAtLeast } from '../../../compose/image.ts';
import type { Service } from '../../../compose/project.ts';
import { currentName, readingImageOf, renamingOf } from '../../../compose/renamed.ts';
import type { EnvironmentEntry } from '../../../compose/service.ts';
import type { RenamedFact } from '../../../facts/compose-dialects.ts';
import type { Fix } from '../../../lint/finding.ts';
import { defineComposeRule, type PlacedReport } from '../../compose-projects.ts';

export default defineComposeRule({
  id: 'compose/deprecated-env',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: false,
  judges: 'each service',
  *check({ services }) {
    for (const { service } of services) {
      const image = readingImageOf(service);
      if (!image) continue;
      const outdated = outdatedIn(service, image);
      for (const [i, one] of outdated.entries()) {
        // What went together is one mistake: each of the others is related to the first.
        const first = outdated.find(({ fact }) => isSameChange(fact, one.fact));
        if (first === one) yield reportOf(one, outdated.slice(i + 1), service);
      }
    }
  },
});

interface Outdated {
  readonly entry: EnvironmentEntry;
  readonly fact: RenamedFact;
  /** The name that counts in the version of the image; undefined where there is none. */
  readonly now: string | undefined;
  /** Whether the version is known to do without the old name. */
  readonly certain: boolean;
}

function outdatedIn(service: Service, image: Image): readonly Outdated[] {
  const found: Outdated[] = [];
  for (const entry of service.environment.values()) {
    const fact = renamingOf(entry.name, image);
    if (!fact) continue;
    const now = currentName(fact, image);
    // Whoever sets both serves old versions and new ones.
    if (now !== undefined && service.environment.has(now)) continue;
    found.push({ entry, fact, now, certain: fact.since !== undefined && isAtLeast(image, fact.since) === true });
  }
  return found;
}

function isSameChange(a: RenamedFact, b: RenamedFact): boolean {
  return a === b || (a.new === undefined && b.new === undefined && a.advice !== undefined && a.advice === b.advice);
}

function reportOf(one: Outdated, later: readonly Outdated[], service: Service): PlacedReport {
  const { entry, fact, now } = one;
  const advice = [now === undefined ? '' : `Write \`${now}\`.`, fact.advice ?? ''].filter(Boolean).join(' ');
  const fix = fixOf(one);
  return {
    file: entry.file,
    span: entry.nameSpan,
    message: `${change(one, service.name)}. ${advice}`,
    related: later
      .filter(other => isSameChange(fact, other.fact))
      .map(other => ({ file: other.entry.file, span: other.entry.nameSpan, message: `\`${other.entry.name}\` went with it.` })),
    ...(fix ? { fix } : {}),
  };
}

function change({ entry, fact, now }: Outdated, service: string): string {
  if (fact.stillRead) {
    const when = fact.since === undefined ? '' : ` in ${fact.since}`;
    return `${fact.product} renamed \`${entry.name}\` to \`${now}\`${when}, and a later version will start \`${service}\` without what it sets`;
  }
  const since = fact.since === undefined ? '' : `Since ${fact.since} `;
  return `${since}${fact.product} does not read \`${entry.name}\` any more, so \`${service}\` runs without what it sets`;
}

function fixOf({ entry, fact, now, certain }: Outdated): Fix | undefined {
  const edit = now === undefined ? undefined : renameEntry(entry, now);
  if (!edit) return undefined;
  // Elsewhere it may be read by other services too, and a name alone takes the value of the shell's variable of that name.
  const own = entry.through.length === 0 && entry.form !== 'env-file' && entry.template !== undefined;
  return { title: `Rename it to ${now}`, safety: own && certain && !fact.otherMeaning ? 'safe' : 'unsafe', edits: () => [edit] };
}
