// What a verifier of JWTs looks at in the claims: times, issuer, audience, subject, permissions; each answered in sentences.
import { sensitivityOf } from '../core/facts/jwt-claims.ts';
import { tokenTypeNamed } from '../core/facts/jwt-header.ts';
import { audienceAdvice, expiryAdvice, issuerAdvice, subjectAdvice } from '../core/jwt/advice.ts';
import { closest, firstDifference } from '../core/jwt/first-difference.ts';
import { isNats } from '../core/jwt/kind.ts';
import { numberClaim, type Token } from '../core/jwt/parser.ts';
import { permissionClaims, shapeProblem } from '../core/jwt/permissions.ts';
import { structureProblems } from '../core/jwt/structure.ts';
import { durationAdvice, largestPlausibleTime, relativeTime, utcTime } from '../core/jwt/times.ts';
import { newestNatsServer } from '../core/lint/settings.ts';
import { withArticle } from '../core/nats-auth/nkey.ts';
import { problemsOf } from '../core/nats-auth/problem.ts';
import { isObject, type JsonValue, member } from '../core/text/json.ts';
import { type Answer, fail, pass, unknown } from './answer.ts';

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Seconds by which clocks may differ. */
  readonly leeway: number;
}

export function expiryAnswer({ now, leeway }: Clock, token: Token): Answer {
  const value = member(token.claims, 'exp');
  const exp = numberClaim(token, 'exp');
  if (value === undefined)
    return isNats(token.kind)
      ? pass('The token does not expire, which NATS allows.')
      : unknown('The token has no `exp`, so it never expires; some verifiers refuse that.');
  if (exp === undefined) return fail('`exp` is no number, so verifiers refuse the token.');
  if (exp > largestPlausibleTime)
    return fail('`exp` is far too large for seconds: it is probably in milliseconds, so the token would never expire.');
  const when = `${relativeTime(exp, now)} (${utcTime(exp) ?? 'an impossible time'})`;
  if (exp <= now / 1000 - leeway) return fail(`The token expired ${when}.`, durationAdvice(exp) ?? expiryAdvice);
  if (exp <= now / 1000) return pass(`The token expired ${when}, which is within the ${leeway} seconds that clocks may differ.`);
  return pass(`The token expires ${when}.`);
}

export function notBeforeAnswer({ now, leeway }: Clock, token: Token): Answer {
  const value = member(token.claims, 'nbf');
  const nbf = numberClaim(token, 'nbf');
  if (value === undefined) return pass('The token has no `nbf`, so it counts from its issue on.');
  if (nbf === undefined) return fail('`nbf` is no number, so verifiers refuse the token.');
  if (nbf > now / 1000 + leeway)
    return fail(
      `The token becomes valid ${relativeTime(nbf, now)} (${utcTime(nbf) ?? 'an impossible time'}).`,
      "Wait until then, or correct the issuer's clock or its `nbf` claim.",
    );
  return pass(`The token became valid ${relativeTime(nbf, now)} (${utcTime(nbf) ?? 'an impossible time'}).`);
}

export function issuedAtAnswer({ now, leeway }: Clock, token: Token): Answer {
  const value = member(token.claims, 'iat');
  const iat = numberClaim(token, 'iat');
  if (value === undefined) return unknown('The token does not say when it was issued.');
  if (iat === undefined) return fail('`iat` is no number, so verifiers refuse the token.');
  const when = `${relativeTime(iat, now)} (${utcTime(iat) ?? 'an impossible time'})`;
  if (iat > now / 1000 + leeway)
    return fail(`The token was issued in the future, ${when}: a clock is wrong, or it was made by hand. Most verifiers do not mind.`);
  return pass(`The token was issued ${when}.`);
}

export function issuerAnswer(token: Token, expected: readonly string[] | undefined): Answer {
  const iss = member(token.claims, 'iss');
  const named = typeof iss === 'string' ? [iss] : [];
  if (expected) return matches('issuer', named, expected, issuerAdvice(named[0]));
  return unknown(typeof iss === 'string' ? 'Nobody here says which issuer is expected.' : 'The token names no issuer (`iss`).');
}

export function audienceAnswer(token: Token, expected: readonly string[] | undefined): Answer {
  const named = audiences(token);
  if (expected) return matches('audience', named, expected, audienceAdvice(token.kind.purpose));
  return unknown(named.length > 0 ? 'Nobody here says which audience is expected.' : 'The token names no audience (`aud`).');
}

function audiences(token: Token): readonly string[] {
  const aud = member(token.claims, 'aud');
  if (typeof aud === 'string') return [aud];
  return Array.isArray(aud) ? aud.filter((item): item is string => typeof item === 'string') : [];
}

/** Issuers and audiences are compared as they are written (RFC 7519 §2, StringOrURI); a near miss shows where it differs. */
function matches(what: 'issuer' | 'audience', named: readonly string[], expected: readonly string[], advice: string): Answer {
  if (named.length === 0) return fail(`The token names no ${what}, and ${list(expected)} is expected.`, advice);
  if (named.some(name => expected.includes(name))) return pass(`The ${what} is the expected one.`);
  const name = named[0] as string;
  return fail(
    `The ${what} of the token is ${list(named)}, and ${list(expected)} is expected: ${firstDifference(name, closest(name, expected))}.`,
    advice,
  );
}

function list(values: readonly string[]): string {
  return values
    .slice(0, 3)
    .map(value => `"${value}"`)
    .join(' or ');
}

export function subjectAnswer(token: Token): Answer {
  const sub = member(token.claims, 'sub');
  if (typeof sub === 'string' && sub !== '') return pass('The token says whom it is about.');
  return fail(
    sub === undefined ? 'The token has no `sub`, so nobody can tell whom it is about.' : '`sub` is empty or no text.',
    subjectAdvice,
  );
}

export function permissionsAnswer(token: Token): Answer {
  const found = permissionClaims(token.claims);
  const wrong = found.map(shapeProblem).filter(why => why !== undefined);
  if (wrong.length > 0) return fail(...wrong.map(why => `${why}.`));
  if (isNats(token.kind)) return unknown('NATS permissions stand in `nats`.');
  const names = found.filter(claim => claim.names.length > 0);
  if (names.length === 0)
    return unknown('The token carries no permissions in a form known here: `permissions`, `scope`, `scp` or a namespaced claim.');
  return pass(`Permissions are in ${names.map(({ claim }) => `\`${claim}\``).join(', ')}.`);
}

export function claimsAnswer(token: Token): Answer {
  const why = structureProblems(token)
    .filter(({ about }) => about === 'claims')
    .map(problem => `${problem.why}. ${problem.advice}.`);
  if (isNats(token.kind) && token.claims) {
    const refused = problemsOf(token.claims, newestNatsServer).filter(({ severity }) => severity === 'error');
    why.push(...refused.map(problem => `${problem.why}. ${problem.advice}.`));
  }
  const exposed = Object.entries(token.claims ?? {}).filter(([name, value]) => isExposed(name, value));
  if (exposed.length > 0)
    why.push(
      `${exposed.map(([name]) => `\`${name}\``).join(', ')} can be read by everyone who has the token. Secrets do not belong into claims.`,
    );
  const { required, wanted } = missingByType(token);
  if (required) why.push(`${required}, so its verifiers must refuse it.`);
  if (token.kind.purpose === 'refresh')
    why.push('It is a refresh token, which belongs to its issuer alone: whoever gets it can get other tokens. Send the access token.');
  if (why.length > 0) return fail(...why);
  return pass(
    'Every claim has the type it must have, and none looks like a secret.',
    ...(wanted ? [`${wanted}; few verifiers look.`] : []),
    ...boundWords(token),
  );
}

/** RFC 9449 §7 and RFC 8705 §3: who has it must have a key, too. */
function boundWords({ claims, kind }: Token): readonly string[] {
  const isBound = kind.purpose !== 'dpop' && isObject(member(claims, 'cnf'));
  return isBound ? ['It is bound to a key (`cnf`): sent without a proof or certificate of that key, it is refused.'] : [];
}

/** What a token lacks by its own word for what it is (`typ`); the beginnings of sentences. */
function missingByType({ header, claims }: Token): { readonly required?: string; readonly wanted?: string } {
  const typ = member(header.object, 'typ');
  const type = typeof typ === 'string' ? tokenTypeNamed(typ) : undefined;
  if (!type || !claims) return {};
  const words = (names: readonly string[] = []) => {
    const missing = names.filter(name => !Object.hasOwn(claims, name)).map(name => `\`${name}\``);
    if (missing.length === 0) return undefined;
    return `The token says that it is ${withArticle(type.words)} (\`typ\`) and lacks ${missing.join(', ')}, which ${type.requiresSpec} asks of it`;
  };
  const [required, wanted] = [words(type.requires), words(type.wants)];
  return { ...(required ? { required } : {}), ...(wanted ? { wanted } : {}) };
}

function isExposed(name: string, value: JsonValue): boolean {
  return sensitivityOf(name) !== undefined && (typeof value === 'string' ? value !== '' : typeof value === 'number');
}

/** A time in milliseconds is a mistake that verifiers do not see: to them it is far in the future. */
export function timeDemands(clock: Clock, token: Token): readonly Answer[] {
  const endless = (numberClaim(token, 'exp') ?? 0) > largestPlausibleTime;
  return [endless ? pass() : expiryAnswer(clock, token), notBeforeAnswer(clock, token)];
}

/** Whether a claim is there that a verifier requires. */
export function requiredAnswer(token: Token, name: string): Answer {
  const value = member(token.claims, name);
  return value === undefined || value === '' || value === null
    ? fail(`The token has no \`${name}\`, which this verifier requires.`, ...(name === 'sub' ? [subjectAdvice] : []))
    : pass();
}
