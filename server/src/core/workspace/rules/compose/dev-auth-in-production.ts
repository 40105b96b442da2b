// A development bypass that reaches production lets anyone in.
import type { ProductionSign } from '../../../compose/audience.ts';
import { sourceOf } from '../../../compose/auth-variables.ts';
import { replaceValue } from '../../../compose/edit-entry.ts';
import { moveToOverride } from '../../../compose/move-to-override.ts';
import type { Project, Service } from '../../../compose/project.ts';
import type { EnvironmentEntry } from '../../../compose/service.ts';
import type { SwitchFact } from '../../../facts/compose-dialects.ts';
import type { Fix, Related } from '../../../lint/finding.ts';
import { nameOf } from '../../../text/file-id.ts';
import { samePlace } from '../../../text/place.ts';
import { defineComposeRule } from '../../compose-projects.ts';

export default defineComposeRule({
  id: 'compose/dev-auth-in-production',
  severity: 'error',
  since: '0.1.0',
  quietInTests: true,
  judges: 'each service',
  *check({ project, services }) {
    for (const { service, auth, production } of services) {
      if (!production) continue;
      for (const { entry, fact, open } of auth.switches) {
        if (!open || fact.kind !== 'bypass') continue;
        const { place } = sourceOf(entry);
        yield {
          file: place.file,
          span: place.span,
          message: `\`${entry.name}\` is ${fact.opens === 'false' ? 'off' : 'on'} in production (\`${service.name}\`, ${production.what}): ${lowerFirst(fact.says)} ${advice(entry, fact, place.file, project)}`,
          related: relatedPlaces(entry, service, production, place),
          fix: [switchOff(entry, fact), moveToOverride(entry, service, project)].filter(fix => fix !== undefined),
        };
      }
    }
  },
});

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function advice(entry: EnvironmentEntry, fact: SwitchFact, file: string, project: Project): string {
  const last = project.files.at(-1) as string;
  if (fact.opens === 'false') return 'Set it to true, and to false in an override for development only.';
  if (file === last || project.files.length === 1) return 'Set it to false, and to true in an override for development only.';
  return `Set \`${entry.name}\` to false in \`${nameOf(last)}\`, or here, and to true in an override for development only.`;
}

function relatedPlaces(
  entry: EnvironmentEntry,
  service: Service,
  production: ProductionSign,
  place: { file: string; span: { start: number; end: number } },
): readonly Related[] {
  const related: Related[] = [];
  const add = (file: string, span: { start: number; end: number }, message: string) => {
    if (!samePlace({ file, span }, place) && !related.some(known => samePlace(known, { file, span })))
      related.push({ file, span, message });
  };
  const inFile = service.places.find(candidate => candidate.file === production.place.file);
  const signed = production.place.span.end > production.place.span.start ? production.place : inFile;
  if (signed) add(signed.file, signed.span, `\`${service.name}\` is production here (${production.what}).`);
  else add(production.place.file, production.place.span, `This file is merged over it for production.`);
  if (entry.file !== place.file) add(entry.file, entry.nameSpan, `\`${service.name}\` takes it from there.`);
  for (const via of entry.through) add(via.file, via.span, `It comes to \`${service.name}\` through this.`);
  return related;
}

function switchOff(entry: EnvironmentEntry, fact: SwitchFact): Fix {
  const { text } = sourceOf(entry);
  const shut = opposite(text ?? entry.value ?? '', fact.opens === 'true' ? 'false' : 'true');
  return { title: `Set ${entry.name} to ${shut}`, safety: 'unsafe', edits: () => [replaceValue(entry, shut)] };
}

/** The opposite in the same spelling: 1 and 0, yes and no, True and False. */
function opposite(value: string, otherwise: string): string {
  const pairs = ['true false', '1 0', 'yes no', 'on off', 'enabled disabled'].map(pair => pair.split(' ') as [string, string]);
  for (const [a, b] of pairs) {
    const found = value.toLowerCase() === a ? b : value.toLowerCase() === b ? a : undefined;
    if (found === undefined) continue;
    if (value === value.toLowerCase()) return found;
    return value === value.toUpperCase() ? found.toUpperCase() : found.charAt(0).toUpperCase() + found.slice(1);
  }
  return otherwise;
}
