// A new secret in `.env` in place of one that is weak, missing or written out. A shell makes it when somebody asks for it.
import type { PreparedFix } from '../lint/finding.ts';
import type { Edit } from '../text/edit.ts';
import { nameOf } from '../text/file-id.ts';
import { samePlace } from '../text/place.ts';
import { type AuthVariable, isSingleReference, sourceOf } from './auth-variables.ts';
import { addToDotenv, requireVariable } from './edit-entry.ts';
import { type Project, textIn } from './project.ts';
import type { EnvironmentEntry } from './service.ts';

/** A project with the authentication variables of all its services. */
export interface Holders {
  readonly project: Project;
  readonly variables: readonly AuthVariable[];
}

/**
 * Undefined where the product wants a secret of a certain shape, and where the value is not written in a Compose file. `now` tells how
 * things are when the secret is made: every service that holds the old one gets the new one with it.
 */
export function newSecret(
  { entry, meaning }: Pick<AuthVariable, 'entry' | 'meaning'>,
  project: Project,
  now: () => Holders,
): PreparedFix | undefined {
  const name = variableOf(entry);
  const place = project.definitions.get(name)?.place;
  if (meaning.meaning !== 'jwt-secret' || meaning.encoding !== undefined || entry.form === 'env-file') return undefined;
  // Set by another file than the one that we would write to.
  if (place && place.file !== project.dotenv.id) return undefined;
  return {
    title: `Generate a strong secret into ${nameOf(project.dotenv.id)} and require it`,
    work: 'secret',
    input: () => textIn(project, entry.file).slice(entry.span.start, entry.span.end),
    edits(secret) {
      const set = place ? [{ file: place.file, span: place.statement.valueSpan, newText: secret }] : addToDotenv(project, name, secret);
      return onceEach([requireVariable(entry, name), ...set, ...sharedEdits(entry, name, secret, now())]);
    },
  };
}

/** What changes for the other services that hold the same secret, so that they still agree. */
function sharedEdits(entry: EnvironmentEntry, name: string, secret: string, { project, variables }: Holders): readonly Edit[] {
  const old = entry.value;
  if (!old) return [];
  return variables.flatMap(({ entry: other, meaning }) => {
    if (other === entry) return [];
    if (meaning.meaning === 'jwt-secret-json') return keyWithin(other, old, name, project);
    return meaning.meaning === 'jwt-secret' && other.value === old ? newValueOf(other, name, secret) : [];
  });
}

function newValueOf(entry: EnvironmentEntry, name: string, secret: string): readonly Edit[] {
  const { how, place, variable, text } = sourceOf(entry);
  // Set in `.env` under another name, or in a file of its own: the same text there. What is put together there follows by itself.
  if (how === 'variable') return variable === name || text?.includes('$') ? [] : [{ ...place, newText: secret }];
  if (entry.form === 'env-file') return entry.uses.length > 0 ? [] : [{ ...place, newText: secret }];
  return [requireVariable(entry, name)];
}

/** The key in JSON, which Compose fills in there too. */
function keyWithin({ file, form, valueSpan, uses }: EnvironmentEntry, old: string, name: string, project: Project): readonly Edit[] {
  const text = textIn(project, file).slice(valueSpan.start, valueSpan.end);
  const at = text.search(new RegExp(`(?<=")${old.replace(/[^\w]/g, '\\$&')}(?=\\\\?")`));
  if (form === 'env-file' || uses.length > 0 || at < 0) return [];
  const start = valueSpan.start + at;
  return [{ file, span: { start, end: start + old.length }, newText: `\${${name}:?set ${name} in .env}` }];
}

/** Services that share an anchor or a file share the edit. */
function onceEach(edits: readonly Edit[]): readonly Edit[] {
  return edits.filter((edit, i) => edits.findIndex(other => samePlace(other, edit) && other.span.end === edit.span.end) === i);
}

/** The variable that it comes from already, else one of its own name. */
function variableOf({ name, template, uses }: EnvironmentEntry): string {
  const [use] = uses;
  return use && uses.length === 1 && template !== undefined && isSingleReference(template) ? use.name : name;
}
