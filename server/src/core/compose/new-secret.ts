// A new secret in `.env` in place of one that is weak, missing or written out. A shell makes it when somebody asks for it.
import type { PreparedFix } from '../lint/finding.ts';
import { nameOf } from '../text/file-id.ts';
import { type AuthVariable, isSingleReference } from './auth-variables.ts';
import { addToDotenv, requireVariable } from './edit-entry.ts';
import { type Project, textIn } from './project.ts';
import type { EnvironmentEntry } from './service.ts';

/** Undefined where the product wants a secret of a certain shape, and where the value is not written in a Compose file. */
export function newSecret({ entry, meaning }: Pick<AuthVariable, 'entry' | 'meaning'>, project: Project): PreparedFix | undefined {
  const name = variableOf(entry);
  const place = project.definitions.get(name)?.place;
  if (meaning.meaning !== 'jwt-secret' || meaning.encoding !== undefined || entry.form === 'env-file') return undefined;
  // Set by another file than the one that we would write to.
  if (place && place.file !== project.dotenv.id) return undefined;
  return {
    title: `Generate a strong secret into ${nameOf(project.dotenv.id)} and require it`,
    work: 'secret',
    input: () => textIn(project, entry.file).slice(entry.span.start, entry.span.end),
    edits: secret => [
      requireVariable(entry, name),
      ...(place ? [{ file: place.file, span: place.statement.valueSpan, newText: secret }] : addToDotenv(project, name, secret)),
    ],
  };
}

/** The variable that it comes from already, else one of its own name. */
function variableOf({ name, template, uses }: EnvironmentEntry): string {
  const [use] = uses;
  return use && uses.length === 1 && template !== undefined && isSingleReference(template) ? use.name : name;
}
