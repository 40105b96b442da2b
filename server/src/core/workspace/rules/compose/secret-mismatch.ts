// Services that sign and check with the same secret must hold the same one; a copy that differs makes every token invalid.
import { isSingleReference, sourceOf, withMeaning } from '../../../compose/auth-variables.ts';
import { addToDotenv, rewriteValue } from '../../../compose/edit-entry.ts';
import type { Project } from '../../../compose/project.ts';
import type { EnvironmentEntry } from '../../../compose/service.ts';
import type { Fix } from '../../../lint/finding.ts';
import type { Edit } from '../../../text/edit.ts';
import { grouped } from '../../../text/group.ts';
import { type Place, samePlace } from '../../../text/place.ts';
import { remember } from '../../../text/remember.ts';
import { defineComposeRule, type JudgedProject, type JudgedService } from '../../compose-projects.ts';

interface Holder {
  readonly judged: JudgedService;
  readonly entry: EnvironmentEntry;
  readonly value: string;
  /** Whether products that go together give this secret several names. */
  readonly isGrouped: boolean;
  readonly isFromVariable: boolean;
  readonly place: Place;
  /** Who its image is of; empty for one that is built here or named without a maker. */
  readonly maker: string;
}

/** Secrets that a service holds. */
const holdersOf = remember((judged: JudgedService): readonly Holder[] =>
  withMeaning(judged.auth, 'jwt-secret').flatMap(({ entry, meaning }) => {
    const { value, guess } = entry;
    if (value === undefined || value === '' || guess) return [];
    const isFromVariable = sourceOf(entry).how === 'variable';
    return [
      { judged, entry, value, isGrouped: meaning.group !== undefined, isFromVariable, place: placeOf(entry), maker: makerOf(judged) },
    ];
  }),
);

export default defineComposeRule({
  id: 'compose/secret-mismatch',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: true,
  judges: 'the project',
  *check(judged) {
    for (const [name, holders] of holdersByName(judged)) {
      for (const group of relatedGroups(holders)) {
        const values = grouped(group, ({ value }) => value);
        if (values.size < 2) continue;
        const ordered = [...values.values()].sort((a, b) => b.length - a.length || Number(fromVariable(b)) - Number(fromVariable(a)));
        const most = ordered[0] as readonly Holder[];
        const reference = most[0] as Holder;
        // With one against one, a copy is the one to look at, else the later.
        const odd = ordered.slice(1).flat();
        const others = listed(most.map(holder => `\`${holder.judged.service.name}\``));
        const message = `The one that ${others} ${most.length > 1 ? 'hold' : 'holds'}.`;
        const related = most.slice(0, 5).map(({ place }) => ({ ...place, message }));
        const fix = oneVariable(
          judged.project,
          reference.entry,
          group.map(holder => holder.entry),
        );
        const why = `holds another \`${name}\` than ${others}, so each refuses the tokens that the other makes. Let all of them take one variable, such as \`\${${variableOf(reference.entry)}}\`.`;
        for (const { place, judged: service } of odd) {
          yield { file: place.file, span: place.span, message: `\`${service.service.name}\` ${why}`, related, fix };
        }
      }
    }
  },
});

function holdersByName({ services }: JudgedProject): ReadonlyMap<string, readonly Holder[]> {
  const hasJwtSecret = services.some(({ service }) => service.environment.has('JWT_SECRET'));
  // Everywhere else the name is the secret's.
  const nameOf = ({ entry, isGrouped }: Holder) => (isGrouped && hasJwtSecret ? 'JWT_SECRET' : entry.name);
  return grouped(services.flatMap(holdersOf), nameOf);
}

/** Holders that have to do with one another, so that a secret of the same name is meant to be the same. */
function relatedGroups(holders: readonly Holder[]): readonly Holder[][] {
  const groups: Holder[][] = [];
  for (const holder of holders) {
    const group = groups.find(known => known.some(other => areRelated(holder, other)));
    if (group) group.push(holder);
    else groups.push([holder]);
  }
  return groups;
}

function makerOf({ service: { definition } }: JudgedService): string {
  const image = definition.build ? '' : (definition.texts.get('image')?.text ?? '');
  return image.includes('/') ? image.slice(0, image.lastIndexOf('/')) : '';
}

const hostPattern = remember(
  ({ service }: JudgedService) => new RegExp(`(?:^|[/@,\\s])${service.name.replace(/[^\w-]/g, '.')}(?=[:/,\\s]|$)`),
);

/** Built here, or images of one maker, or one names the other in its environment. Two strangers may each have a `JWT_SECRET`. */
function areRelated(a: Holder, b: Holder): boolean {
  if (a.maker === b.maker) return true;
  const mentions = (from: JudgedService, to: JudgedService) => {
    const host = hostPattern(to);
    return [...from.service.environment.values()].some(entry => entry.value !== undefined && host.test(entry.value));
  };
  return mentions(a.judged, b.judged) || mentions(b.judged, a.judged);
}

function fromVariable(holders: readonly Holder[]): boolean {
  return holders.some(({ isFromVariable }) => isFromVariable);
}

/** Where the service takes its value: the text itself, or the `${VARIABLE}` in its place. */
function placeOf(entry: EnvironmentEntry): Place {
  const { how, place } = sourceOf(entry);
  return how === 'variable'
    ? { file: entry.file, span: entry.valueSpan.end > entry.valueSpan.start ? entry.valueSpan : entry.nameSpan }
    : place;
}

function variableOf(entry: EnvironmentEntry): string {
  return sourceOf(entry).variable ?? entry.name;
}

function listed(names: readonly string[]): string {
  const few = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names;
  return few.length < 2 ? few.join('') : `${few.slice(0, -1).join(', ')} and ${few.at(-1)}`;
}

/** Every entry takes one variable; where none sets it yet, `.env` gets the value that most of them hold. */
function oneVariable(project: Project, reference: EnvironmentEntry, entries: readonly EnvironmentEntry[]): Fix {
  const variable = variableOf(reference);
  const isVariable = (entry: EnvironmentEntry) =>
    entry.template !== undefined && isSingleReference(entry.template) && variableOf(entry) === variable;
  return {
    title: `Let all of them take \${${variable}}`,
    safety: 'unsafe',
    edits() {
      const newText = isVariable(reference) ? (reference.template as string) : `\${${variable}:?set ${variable} in .env}`;
      const edits: Edit[] = [];
      for (const entry of entries) {
        if (entry.form === 'env-file' || (isVariable(entry) && entry.template === newText)) continue;
        const edit = rewriteValue(entry, newText);
        if (!edits.some(known => samePlace(known, edit))) edits.push(edit);
      }
      if (!isVariable(reference)) edits.push(...addToDotenv(project, variable, reference.value as string));
      return edits;
    },
  };
}
