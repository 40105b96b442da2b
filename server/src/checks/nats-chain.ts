// Whether a nats-server under operators would take a NATS JWT: the chain of trust from its operator to the token, answered in sentences.
import type { CompactToken } from '../core/jwt/compact.ts';
import { type DecodeProblem, decodeNatsJwt } from '../core/nats-auth/decode.ts';
import { withArticle } from '../core/nats-auth/nkey.ts';
import { kindInWords } from '../core/nats-auth/problem.ts';
import { judgeAccount, judgeUser, type NatsTrust } from '../core/nats-auth/trust.ts';
import { type Answer, fail, pass, unknown } from './answer.ts';

const unreadable: Readonly<Record<DecodeProblem, string>> = {
  size: 'The token is larger than nats-server reads.',
  malformed: 'nats-server cannot read the token.',
  foreign: 'This server takes NATS JWTs only.',
  shape: 'A claim of the token has a type that nats-server does not read.',
  version: 'nats-server does not know the version of the token.',
  kind: 'nats-server does not support this kind of token.',
  signature: 'The issuer that the token names did not sign it: the token was changed or cut.',
  issuer: 'The issuer of the token is a key that may not sign this kind.',
};

/**
 * Whether the server trusts the token, beside its own times. Only a user can be let in, so for all others the answer is about trust
 * alone. `now` in milliseconds since the epoch.
 */
export function chainAnswer({ parts }: CompactToken, trust: NatsTrust, now: number): Answer {
  const decoded = decodeNatsJwt(parts.join('.'));
  if ('problem' in decoded) return fail(unreadable[decoded.problem]);
  const { claims } = decoded;
  if (claims.kind === 'user') {
    const { broken, unknown: open } = judgeUser(claims, trust, now);
    const refusals = broken.filter(({ kind }) => kind !== 'expired' && kind !== 'not-yet-valid');
    if (refusals.length > 0) return fail(...refusals.map(({ why, advice }) => `${why}. ${advice}.`));
    return open === undefined
      ? pass('An account of this server signed the user, and its operator signed the account.')
      : unknown(`${open}.`);
  }
  if (claims.kind === 'account') {
    const untrusted = judgeAccount(claims, trust, now).find(({ kind }) => kind === 'untrusted');
    return untrusted ? fail(`${untrusted.why}.`) : pass('The operator of this server signed the account.');
  }
  if (claims.kind === 'operator') {
    return trust.keys.includes(claims.standard.sub ?? '')
      ? pass('This server trusts the operator.')
      : fail('This server trusts another operator.');
  }
  return unknown(`Nobody logs in with ${withArticle(kindInWords(claims.kind))}.`);
}

/** Whether a client could log in with the token at all. */
export function isNatsUser({ parts }: CompactToken): boolean {
  const decoded = decodeNatsJwt(parts.join('.'));
  return 'claims' in decoded && decoded.claims.kind === 'user';
}
