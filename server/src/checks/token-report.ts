// Would this token be accepted, and if not, why not? One report for the command line, the language server and the editor's view.
import { algorithmNamed } from '../core/facts/jwt-algorithms.ts';
import { algorithmAdvice } from '../core/jwt/advice.ts';
import { type CompactToken, readCompact } from '../core/jwt/compact.ts';
import { guessSecret } from '../core/jwt/guess-secret.ts';
import { headerDangers } from '../core/jwt/header-dangers.ts';
import { hmacSigned } from '../core/jwt/hmac.ts';
import { isNats } from '../core/jwt/kind.ts';
import type { Token } from '../core/jwt/parser.ts';
import { structureProblems } from '../core/jwt/structure.ts';
import { clockTolerance } from '../core/jwt/times.ts';
import { type JsonObject, member } from '../core/text/json.ts';
import { enumerated } from '../core/text/prose.ts';
import { type Answer, fail, pass, unknown } from './answer.ts';
import {
  audienceAnswer,
  type Clock,
  claimsAnswer,
  expiryAnswer,
  issuedAtAnswer,
  issuerAnswer,
  notBeforeAnswer,
  permissionsAnswer,
  requiredAnswer,
  subjectAnswer,
  timeDemands,
} from './claim-checks.ts';
import type { KeyMaterial } from './key-material.ts';
import { chainAnswer, isNatsUser } from './nats-chain.ts';
import { type SignatureAnswer, verifyNatsSignature, verifySignature } from './verify.ts';

export const checkNames = [
  'structure',
  'header',
  'algorithm',
  'key',
  'signature',
  'expiry',
  'not-before',
  'issued-at',
  'issuer',
  'audience',
  'subject',
  'permissions',
  'claims',
] as const;
export type CheckName = (typeof checkNames)[number];

export interface Check {
  readonly check: CheckName;
  readonly outcome: 'pass' | 'fail' | 'unknown';
  /** Sentences for a person, without token, signature or key. */
  readonly why: string;
}

/** Somebody who would be shown the token. */
export interface Verifier {
  /** How a person calls it, for instance `service gateway`. */
  readonly name: string;
  /** File that configures it, as it should be shown. */
  readonly path?: string;
  readonly key: KeyMaterial;
  /** Algorithms it accepts; any that fits the key where it does not say. */
  readonly algorithms?: readonly string[];
  /** Issuers it accepts; absent: it does not look. */
  readonly issuer?: readonly string[];
  /** Audiences of which the token must name one; absent: it does not look. */
  readonly audience?: readonly string[];
  /** Claims without which it refuses. */
  readonly requiredClaims?: readonly string[];
  /** Why it is in production, where something says so. */
  readonly production?: string;
  /** The person asked for this one: the checks speak about it. */
  readonly asked?: boolean;
}

export interface VerifierAnswer {
  readonly name: string;
  readonly path: string | null;
  /** null: cannot be known here. */
  readonly accepts: boolean | null;
  readonly why: readonly string[];
}

export interface TokenReport {
  readonly header: JsonObject | null;
  readonly claims: JsonObject | null;
  readonly checks: readonly Check[];
  readonly verifiers: readonly VerifierAnswer[];
}

export interface CheckOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly verifiers: readonly Verifier[];
  /** Seconds by which clocks may differ. Default: 60. */
  readonly leeway?: number;
  /** Content that a token with a detached payload signs. */
  readonly payload?: string;
}

/** Never rejects: whatever `text` is, the report says it. */
export async function checkToken(text: string, options: CheckOptions): Promise<TokenReport> {
  const compact = readCompact(text);
  const judged = { compact, options, clock: { now: options.now, leeway: options.leeway ?? clockTolerance } };
  const signatures = await Promise.all(options.verifiers.map(({ key }) => verifySignature(compact, key, options.payload)));
  return {
    header: compact.header ?? null,
    claims: compact.token?.claims ?? null,
    checks: compact.token ? checkAll(judged, compact.token, signatures) : noToken(compact),
    verifiers: options.verifiers.map((verifier, i) => answerOf(judged, verifier, signatures[i] as SignatureAnswer)),
  };
}

interface Judged {
  readonly compact: CompactToken;
  readonly options: CheckOptions;
  readonly clock: Clock;
}

function toCheck(check: CheckName, { ok, why }: Answer): Check {
  return { check, outcome: ok === null ? 'unknown' : ok ? 'pass' : 'fail', why: why.join(' ') };
}

function noToken({ problems, header }: CompactToken): readonly Check[] {
  const why = problems.join(' ');
  return checkNames.map(check => {
    if (check === 'structure') return toCheck(check, fail(why));
    if (check === 'signature') return toCheck(check, fail('Without its parts there is nothing to verify.'));
    return toCheck(
      check,
      unknown(check === 'header' && header ? 'The header can be read, the rest cannot.' : 'There is no token to look at.'),
    );
  });
}

function checkAll(judged: Judged, token: Token, signatures: readonly SignatureAnswer[]): readonly Check[] {
  const { options, clock } = judged;
  const first = options.verifiers[0];
  const about = first?.asked ? signatures.slice(0, 1) : signatures;
  const nats = isNats(token.kind) ? verifyNatsSignature(judged.compact) : undefined;
  const answers: Record<CheckName, Answer> = {
    structure: structureAnswer(judged.compact, token, true),
    header: headerAnswer(token),
    algorithm: algorithmAnswer(token, about, first),
    key: nats
      ? pass('The key is the public nkey in `iss`.')
      : (knownSecretAnswer(judged.compact, token) ??
        best(
          about.map(({ key }) => key),
          'No verifier is at hand, so there is no key to look at.',
        )),
    signature:
      nats ??
      best(
        about.map(({ signature }) => signature),
        'No key is at hand to check the signature with.',
      ),
    expiry: expiryAnswer(clock, token),
    'not-before': notBeforeAnswer(clock, token),
    'issued-at': issuedAtAnswer(clock, token),
    issuer:
      first?.asked && first.key.kind === 'nats'
        ? chainAnswer(judged.compact, first.key.trust, clock.now)
        : issuerAnswer(token, first?.issuer),
    audience: audienceAnswer(token, first?.audience),
    subject: subjectAnswer(token),
    permissions: permissionsAnswer(token),
    claims: claimsAnswer(token),
  };
  if (!token.claims) {
    const why = token.form === 'jwe' ? unknown('The claims are encrypted.') : withoutClaims(token);
    for (const name of checkNames.slice(checkNames.indexOf('expiry')))
      answers[name] = name === 'claims' ? why : unknown(why.why[0] as string);
  }
  return checkNames.map(name => toCheck(name, answers[name]));
}

/** About signed content that holds no claims. */
function withoutClaims({ inner }: Token): Answer {
  return inner
    ? fail(
        'The content is another token (RFC 7519 §5.2), which has the claims.',
        'Most verifiers do not open it: take it out, and check it by itself.',
      )
    : fail('The payload is no claims object, so this is no JWT.', 'Every verifier of JWTs refuses it.');
}

/** Fails where the secret is among the first that anybody tries; undefined otherwise. */
function knownSecretAnswer({ parts }: CompactToken, token: Token): Answer | undefined {
  const signed = hmacSigned(parts.join('.'), token);
  const guessed = signed && guessSecret(signed);
  if (!guessed) return undefined;
  const { how } = guessed;
  const known =
    how.kind === 'published' ? `is published (${how.of})` : how.kind === 'empty' ? 'is empty' : 'is among the first that anybody tries';
  return fail(`The secret that signed the token ${known}, so anyone can make tokens like it (RFC 8725 §2.2). Sign with a new random one.`);
}

/** Good if it is for one, bad if it is for all, unknown otherwise. */
function best(answers: readonly Answer[], otherwise: string): Answer {
  if (answers.length === 0) return unknown(otherwise);
  return answers.find(({ ok }) => ok === true) ?? answers.find(({ ok }) => ok === null) ?? (answers[0] as Answer);
}

/** `strict` counts what many verifiers do not look at. */
function structureAnswer(compact: CompactToken, token: Token, strict: boolean): Answer {
  const problems = structureProblems(token).filter(
    ({ about, tolerated }) => (about === 'form' || about === 'signature') && (strict || !tolerated),
  );
  const encoding = token.payload?.object
    ? []
    : (token.payload?.problems ?? []).filter(problem => /^(padding|alphabet|character|length|trailing-bits)$/.test(problem));
  const why = [...compact.problems, ...problems.map(({ why, advice }) => `${why}. ${advice}.`)];
  if (encoding.length > 0 && member(token.header.object, 'b64') !== false && problems.every(({ span }) => span !== token.payload?.span)) {
    why.push('The payload of this token is not written in base64url, so verifiers refuse it.');
  }
  return why.length > 0
    ? fail(...why)
    : pass(token.form === 'jwe' ? 'Five parts: an encrypted token.' : 'Three parts in base64url: a signed token.');
}

function headerAnswer(token: Token): Answer {
  const why = [...structureProblems(token).filter(({ about }) => about === 'header'), ...headerDangers(token)].map(
    problem => `${problem.why}. ${problem.advice}.`,
  );
  return why.length > 0 ? fail(...why) : pass('Nothing in it asks the verifier to trust the token by itself.');
}

function algorithmAnswer(token: Token, signatures: readonly SignatureAnswer[], verifier: Verifier | undefined): Answer {
  const algorithm = algorithmNamed(token.alg ?? '');
  if (!algorithm) return fail('The header names no registered algorithm.');
  if (algorithm.family === 'none') return fail('`alg` is `none`: the token is not signed, so anyone can write one (RFC 8725 §3.1).');
  if (token.form === 'jwe' || isNats(token.kind)) return pass(`${algorithm.name}, ${algorithm.spec}.`);
  if (verifier?.algorithms && !verifier.algorithms.includes(algorithm.name)) return notAllowed(algorithm.name, verifier.algorithms);
  const answer = best(
    signatures.map(each => each.algorithm),
    '',
  );
  const { name, spec, note } = algorithm;
  return answer.ok === false ? answer : pass(`${name}, ${spec}.`, ...(note ? [`${note}.`] : []));
}

function notAllowed(name: string, allowed: readonly string[]): Answer {
  return fail(
    `The token is signed with ${name}, and only ${enumerated(allowed)} ${allowed.length > 1 ? 'are' : 'is'} accepted.`,
    algorithmAdvice(name),
  );
}

/** What this verifier would say. A doubt that libraries do not share (issue time, size of a secret) is told and does not count. */
function answerOf(judged: Judged, verifier: Verifier, answer: SignatureAnswer): VerifierAnswer {
  const { compact, clock } = judged;
  const { token } = compact;
  const base = { name: verifier.name, path: verifier.path ?? null };
  if (!token) return { ...base, accepts: false, why: compact.problems };
  if (token.form === 'jwe') return { ...base, accepts: null, why: answer.signature.why };
  const { algorithms } = verifier;
  const isAllowed = answer.algorithm.ok === false || !algorithms || algorithms.includes(token.alg ?? '');
  const algorithm = isAllowed ? answer.algorithm : notAllowed(token.alg ?? 'no algorithm', algorithms);
  const demands: readonly Answer[] = [
    structureAnswer(compact, token, false),
    ...headerDangers(token).map(danger => (danger.fatal ? fail(`${danger.why}.`) : pass())),
    algorithm,
    // Where no key of that kind is, what it says of the signature is the same once more.
    ...(answer.algorithm.ok === false ? [] : [answer.signature]),
    ...(token.claims ? claimDemands(clock, token, verifier) : [withoutClaims(token)]),
  ];
  const chain = verifier.key.kind === 'nats' ? chainAnswer(compact, verifier.key.trust, clock.now) : pass();
  // Only a user logs in: whether a server trusts another token says nothing about a login.
  if (verifier.key.kind === 'nats' && isNats(token.kind) && !isNatsUser(compact) && answer.signature.ok) {
    return { ...base, accepts: null, why: chain.why };
  }
  const refusals = [...demands, chain].filter(({ ok }) => ok === false).flatMap(({ why }) => why);
  if (refusals.length > 0) return { ...base, accepts: false, why: unique(refusals) };
  for (const { ok, why } of [answer.signature, chain]) if (ok === null) return { ...base, accepts: null, why };
  return { ...base, accepts: true, why: answer.key.ok === false ? answer.key.why : [] };
}

function claimDemands(clock: Clock, token: Token, { issuer, audience, requiredClaims = [] }: Verifier): readonly Answer[] {
  return [
    ...timeDemands(clock, token),
    ...(issuer ? [issuerAnswer(token, issuer)] : []),
    ...(audience ? [audienceAnswer(token, audience)] : []),
    ...requiredClaims.map(name => requiredAnswer(token, name)),
  ];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
