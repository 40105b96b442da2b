// The token report in pieces that a view lays out: nothing in it is the token, its signature, or a value that should stay hidden.

import { timeClaims } from '../core/facts/jwt-claims.ts';
import { validity } from '../core/jwt/hover.ts';
import { tokenKind } from '../core/jwt/kind.ts';
import { redact } from '../core/jwt/redact.ts';
import { utcTime } from '../core/jwt/times.ts';
import { type JsonObject, type JsonValue, member } from '../core/text/json.ts';
import { enumerated } from '../core/text/prose.ts';
import type { TokenReport } from './token-report.ts';

/** One header parameter or claim. */
export interface ReportRow {
  readonly name: string;
  /** Text, or JSON of what is none; hidden where nobody should see it. */
  readonly value: string;
  /** A time in UTC. */
  readonly time: string | undefined;
}

export function reportRows(object: JsonObject): readonly ReportRow[] {
  return Object.entries(object).map(([name, value]) => ({
    name,
    value: toText(redact(name, value)),
    time: timeClaims.has(name) && typeof value === 'number' ? utcTime(value) : undefined,
  }));
}

function toText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** "access token", "RS256", "expires in 5 minutes (…)"; undefined for what is no token. `now` in milliseconds since the epoch. */
export function reportFacts({ header, claims }: TokenReport, now: number): readonly string[] | undefined {
  if (!header) return undefined;
  const form = typeof member(header, 'enc') === 'string' ? 'jwe' : 'jws';
  const { words } = tokenKind(form, header, claims ?? undefined);
  return [words, String(member(header, 'alg') ?? 'no algorithm'), ...validity({ claims: claims ?? undefined }, now)];
}

/** The answer in one sentence: what a person in a hurry wants to know. */
export function verdict({ header, checks, verifiers }: TokenReport): string {
  const failed = checks.filter(({ outcome }) => outcome === 'fail');
  if (!header) return failed[0]?.why ?? 'This is no token.';
  const taking = verifiers.filter(({ accepts }) => accepts === true).map(({ name }) => name);
  const permissions = checks.find(({ check }) => check === 'permissions');
  if (taking.length > 0) {
    // Being let in is one thing, being allowed is another: 403 after a login that worked.
    const but =
      permissions?.outcome === 'pass' || permissions === undefined
        ? ''
        : ` ${permissions.why} Requests that need one are answered with 403.`;
    return `It is accepted by ${listed(taking)}.${but}`;
  }
  const refusing = verifiers.filter(({ accepts }) => accepts === false);
  if (refusing.length > 0 && refusing.length === verifiers.length) {
    const [first] = refusing;
    if (refusing.length === 1) return `It is refused by ${first?.name}. ${first?.why[0] ?? ''}`;
    const common = first?.why.find(reason => refusing.every(({ why }) => why.includes(reason)));
    return `It is refused by everybody here. ${common ?? `The first of them, ${first?.name}: ${first?.why[0] ?? ''}`}`;
  }
  if (failed.length > 0) return failed[0]?.why ?? '';
  return verifiers.length > 0
    ? 'Nobody whose key is at hand would see the token, so nobody can say here whether its signature is right.'
    : 'Nothing is wrong with what can be read. Nobody in this workspace checks tokens, so nobody can say here whether its signature is right.';
}

function listed(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : enumerated(names);
}
