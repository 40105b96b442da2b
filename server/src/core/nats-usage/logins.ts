// As whom a program connects, as far as its text says it.
import type { LoginKind } from '../facts/nats-clients.ts';
import { nameOf } from '../text/file-id.ts';
import { isPath } from './objects.ts';
import type { Program, TokenRange } from './program.ts';
import { stringValue } from './values.ts';

export interface Login {
  /** Names or public keys of users, in the order of the text. */
  readonly users: readonly string[];
  /** Names of files of credentials, without folders. */
  readonly credentials: readonly string[];
  /** Whether something else says who it is as well: a token, a key, a name that only the running program knows. */
  readonly other: boolean;
}

/** What the program says about its login. Passwords are never looked at. */
export function findLogin(program: Program): Login {
  const [users, credentials] = [new Set<string>(), new Set<string>()];
  let other = false;
  const note = (kind: LoginKind, range: TokenRange | undefined) => {
    const name =
      range && (kind === 'user' ? userName(program, range) : kind === 'credentials' ? credentialsName(program, range) : undefined);
    if (name === undefined) other = true;
    else (kind === 'user' ? users : credentials).add(name);
  };
  const { calls, fields, within } = program.facts.logins;
  for (let i = 0; i < program.size; i++) {
    const { kind, text, parts } = program.token(i);
    if (kind === 'string') {
      const name = userInUrl(parts.length === 1 ? parts[0] : undefined);
      if (name !== undefined) users.add(name);
    }
    if (kind !== 'name') continue;
    const open = program.callAt(i);
    const call = open === undefined ? undefined : calls.get(text)?.find(([path]) => isPath(program, i, path));
    if (call && open !== undefined) note(call[1], program.parts(open)[0]);
    const field = fields.get(text);
    if (field && isFieldOf(program, i, within)) note(field, program.valueAt(i + 2));
  }
  return { users: [...users], credentials: [...credentials], other };
}

function userName(program: Program, range: TokenRange): string | undefined {
  const [name, ...rest] = stringValue(program, range).pieces;
  return typeof name === 'string' && rest.length === 0 ? name : undefined;
}

/** The file that is named somewhere in an expression, perhaps within the call that reads it. */
function credentialsName(program: Program, { from, to }: TokenRange): string | undefined {
  for (let i = from; i < to; i++) {
    const { kind } = program.token(i);
    const [path] = kind === 'sign' || kind === 'number' ? [] : stringValue(program, { from: i, to: i + 1 }).pieces;
    if (typeof path === 'string' && path.endsWith('.creds')) return nameOf(path);
  }
  return undefined;
}

/** `nats://name:password@host`; what stands without a colon is a token. */
function userInUrl(part: unknown): string | undefined {
  return typeof part === 'string' ? /^(?:nats|tls|wss?):\/\/([^\s:@/]+):[^\s@/]*@/.exec(part.trim())?.[1] : undefined;
}

/** Whether the name at `index` is a field or named argument of something whose path fits. */
export function isFieldOf(program: Program, index: number, within: RegExp): boolean {
  if (!program.is(index + 1, ':', '=')) return false;
  if (program.is(index - 1, '.') && program.is(index + 1, '=')) return within.test(program.token(index - 2).text);
  const open = program.enclosing(index);
  return open !== undefined && within.test(program.owner(open));
}
