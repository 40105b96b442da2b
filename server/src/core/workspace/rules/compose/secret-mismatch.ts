// Services that sign and check with the same secret must hold the same one; a copy that differs makes every token invalid.
import { type AuthVariable, isSingleReference, sourceOf } from '../../../compose/auth-variables.ts';
import { addToDotenv, rewriteValue } from '../../../compose/edit-entry.ts';
import type { Project } from '../../../compose/project.ts';
import type { EnvironmentEntry } from '../../../compose/service.ts';
import type { Fix } from '../../../lint/finding.ts';
import type { Edit } from '../../../text/edit.ts';
import { type Place, samePlace } from '../../../text/place.ts';
import { defineComposeRule, type JudgedProject, type JudgedService } from '../../compose-projects.ts';

interface Holder {
  readonly judged: JudgedService;
  readonly entry: EnvironmentEntry;
  readonly value: string;
}

export default defineComposeRule({
  id: 'compose/secret-mismatch',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: true,
  judges: 'the project',
  *check(judged) {
    for (const [name, holders] of holdersByName(judged)) {
      for (const group of relatedGroups(holders)) {
        const values = new Map<string, Holder[]>();
        for (const holder of group) values.set(holder.value, [...(values.get(holder.value) ?? []), holder]);
        if (values.size < 2) continue;
        const ordered = [...values.values()].sort((a, b) => b.length - a.length || Number(fromVariable(b)) - Number(fromVariable(a)));
        const most = ordered[0] as Holder[];
        const reference = most[0] as Holder;
        // With one against one, a copy is the one to look at, else the later.
        const odd = ordered.slice(1).flat();
        const seen: EnvironmentEntry[] = [];
        for (const { entry, judged: service } of odd) {
          const place = placeOf(entry);
          if (seen.some(other => samePlace(placeOf(other), place))) continue;
          seen.push(entry);
          const others = most.map(holder => `\`${holder.judged.service.name}\``);
          yield {
            file: place.file,
            span: place.span,
            message: `\`${service.service.name}\` holds another \`${name}\` than ${listed(others)}, so each refuses the tokens that the other makes. Let all of them take one variable, such as \`\${${variableOf(reference.entry)}}\`.`,
            related: most.slice(0, 5).map(holder => {
              const other = placeOf(holder.entry);
              return {
                file: other.file,
                span: other.span,
                message: `The one that ${listed(others)} ${others.length > 1 ? 'hold' : 'holds'}.`,
              };
            }),
            fix: oneVariable(
              judged.project,
              reference.entry,
              group.map(holder => holder.entry),
            ),
          };
        }
      }
    }
  },
});

function holdersByName({ project, services }: JudgedProject): Map<string, Holder[]> {
  const found = new Map<string, Holder[]>();
  for (const judged of services) {
    for (const { entry, meaning } of judged.auth.variables) {
      if (meaning.meaning !== 'jwt-secret' || entry.value === undefined || entry.value === '' || entry.guess) continue;
      const name = groupOf({ entry, meaning }, project);
      found.set(name, [...(found.get(name) ?? []), { judged, entry, value: entry.value }]);
    }
  }
  return found;
}

/** Products that go together give one secret several names; everywhere else the name is the secret's. */
function groupOf({ entry, meaning }: AuthVariable, project: Project): string {
  if (meaning.group === undefined) return entry.name;
  const names = [...project.services.values()].flatMap(service => [...service.environment.keys()]);
  return names.includes('JWT_SECRET') ? 'JWT_SECRET' : entry.name;
}

/** Holders that have to do with one another, so that a secret of the same name is meant to be the same. */
function relatedGroups(holders: readonly Holder[]): readonly Holder[][] {
  const groups: Holder[][] = [];
  for (const holder of holders) {
    const group = groups.find(known => known.some(other => areRelated(holder.judged, other.judged)));
    if (group) group.push(holder);
    else groups.push([holder]);
  }
  return groups;
}

/** Built here, or images of one maker, or one names the other in its environment. Two strangers may each have a `JWT_SECRET`. */
function areRelated(a: JudgedService, b: JudgedService): boolean {
  const makerOf = ({ service }: JudgedService) => {
    if (service.definition.build) return '';
    const image = service.definition.texts.get('image')?.text ?? '';
    return image.includes('/') ? image.slice(0, image.lastIndexOf('/')) : '';
  };
  if (makerOf(a) === makerOf(b)) return true;
  const mentions = (from: JudgedService, to: JudgedService) => {
    const host = new RegExp(`(?:^|[/@,\\s])${to.service.name.replace(/[^\w-]/g, '.')}(?=[:/,\\s]|$)`);
    return [...from.service.environment.values()].some(entry => entry.value !== undefined && host.test(entry.value));
  };
  return mentions(a, b) || mentions(b, a);
}

function fromVariable(holders: readonly Holder[]): boolean {
  return holders.some(({ entry }) => sourceOf(entry).how === 'variable');
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
