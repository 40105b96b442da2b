// As whom a program connects, as far as its text says it.
import { isPath } from './objects.ts';
import type { Program, TokenRange } from './program.ts';
import { stringValue } from './values.ts';

export interface Login {
  /** Names or public keys of users, in the order of the text. */
  readonly users: readonly string[];
  /** Whether something else says who it is as well: credentials, a token, a name that only the running program knows. */
  readonly other: boolean;
}

/** What the program says about its login. Passwords are never looked at. */
export function findLogin(program: Program): Login {
  const users = new Set<string>();
  let other = false;
  const note = (kind: 'user' | 'other', range: TokenRange | undefined) => {
    const [name, ...rest] = range && kind === 'user' ? stringValue(program, range).pieces : [];
    if (typeof name === 'string' && rest.length === 0) users.add(name);
    else other = true;
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
  return { users: [...users], other };
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
