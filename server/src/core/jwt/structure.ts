// What keeps three parts from being a well-formed token (RFC 7515 §5.2, RFC 7519 §7.2), each at its part. The rule and the token
// report speak of the same.
import { algorithmNamed, isNone } from '../facts/jwt-algorithms.ts';
import { timeClaims } from '../facts/jwt-claims.ts';
import type { Base64Problem } from '../text/base64url.ts';
import { type JsonObject, member } from '../text/json.ts';
import type { Span } from '../text/span.ts';
import type { JsonPart, Token } from './parser.ts';

export interface StructureProblem {
  readonly about: 'form' | 'header' | 'claims' | 'signature';
  readonly span: Span;
  /** What is wrong and why it matters; never the text of the token. */
  readonly why: string;
  readonly advice: string;
  /** Many verifiers do not look at this. */
  readonly tolerated?: boolean;
}

const encodingWords: Readonly<Record<Base64Problem, string>> = {
  padding: 'ends with `=`, which base64url in a token does not have, so strict verifiers refuse it',
  alphabet: 'is written with `+` or `/`, the other base64 alphabet, so verifiers refuse it',
  character: 'holds a character that base64url does not have, so verifiers refuse it',
  length: 'has a length that no base64url text has, so verifiers refuse it',
  'trailing-bits': 'ends with bits that belong to nothing, so strict verifiers refuse it',
};

/** Headers of tokens that have no such problem: they stay the same objects when a token moves. */
const sound = new WeakSet<JsonObject>();

/** Most telling first, and one about the form of each part: a cut part has several faults and one cause. */
export function structureProblems(token: Token): readonly StructureProblem[] {
  if (sound.has(token.header.object)) return [];
  const problems = findProblems(token);
  if (problems.length === 0) sound.add(token.header.object);
  return problems;
}

function findProblems(token: Token): readonly StructureProblem[] {
  const all = [
    ...encodingProblems('header', token.header.span, token.header.problems),
    ...headerProblems(token),
    ...payloadProblems(token),
    ...signatureProblems(token),
    ...encodingProblems('signature', token.signature.span, token.signature.problems),
  ];
  const aboutForm = ({ about }: StructureProblem) => about === 'form' || about === 'signature';
  return all.filter(
    (problem, i) => !aboutForm(problem) || !all.slice(0, i).some(earlier => aboutForm(earlier) && earlier.span === problem.span),
  );
}

function* encodingProblems(part: string, span: Span, problems: readonly string[]): Generator<StructureProblem> {
  for (const problem of problems) {
    const words = Object.hasOwn(encodingWords, problem) ? encodingWords[problem as Base64Problem] : undefined;
    if (!words) continue;
    yield {
      about: 'form',
      span,
      why: `The ${part} of this token ${words}`,
      advice: 'Copy the token again, or have it encoded as base64url without padding',
      // What ends a signature is outside of what was signed.
      tolerated: part === 'signature' && (problem === 'padding' || problem === 'trailing-bits'),
    };
  }
}

function* headerProblems({ header, alg, form }: Token): Generator<StructureProblem> {
  yield* duplicateMembers('header', header);
  if (alg === undefined || alg === '') {
    yield {
      about: 'header',
      span: header.span,
      why: 'The header does not say by `alg` how the token is signed, so every verifier refuses it',
      advice: 'Have the issuer set `alg`',
    };
    return;
  }
  const algorithm = algorithmNamed(alg);
  if (algorithm && (algorithm.family === 'encryption') === (form === 'jwe')) return;
  yield {
    about: 'header',
    span: header.span,
    why: algorithm
      ? `The header names ${alg} as the algorithm, which does not ${form === 'jwe' ? 'encrypt' : 'sign'}, so every verifier refuses the token`
      : 'The header names an algorithm that is not registered, so verifiers do not know how to check the token',
    advice: 'Use one of the registered names, such as ES256, RS256 or HS256; capitals count',
  };
}

function* payloadProblems({ header, payload, inner }: Token): Generator<StructureProblem> {
  if (!payload || inner) return;
  const typ = member(header.object, 'typ');
  const isJwt = payload.object !== undefined || (typeof typ === 'string' && /^(application\/)?(.+\+)?jwt$/i.test(typ));
  // Other content may be signed too: it is no JWT and says so. Compressed and unencoded payloads cannot be read here.
  if (!isJwt || Object.hasOwn(header.object, 'zip') || member(header.object, 'b64') === false) return;
  const cut = payload.problems.some(problem => problem === 'not-json' || problem === 'not-utf8' || problem === 'not-an-object');
  if (cut) {
    yield {
      about: 'form',
      span: payload.span,
      why: 'The payload of this JWT does not decode to a JSON object, so every verifier refuses it',
      advice: 'It was cut or changed on the way: copy the whole token again',
    };
  }
  yield* encodingProblems('payload', payload.span, payload.problems);
  yield* duplicateMembers('payload', payload);
  if (payload.object) yield* claimProblems(payload.object, payload.span);
}

/** Claims whose type RFC 7519 §4.1 fixes. */
function* claimProblems(claims: JsonObject, span: Span): Generator<StructureProblem> {
  for (const name of timeClaims) {
    const value = member(claims, name);
    // `updated_at` is a date in the tokens of some issuers, and no verifier reads it.
    if (value === undefined || name === 'updated_at' || typeof value === 'number') continue;
    yield {
      about: 'claims',
      span,
      why: `\`${name}\` is no number, so verifiers refuse the token`,
      advice: 'Write the seconds since 1970 as a number without quotes',
    };
  }
  for (const name of ['iss', 'sub', 'jti']) {
    const value = member(claims, name);
    if (value === undefined || typeof value === 'string') continue;
    yield {
      about: 'claims',
      span,
      why: `\`${name}\` is no text, as it must be, so many verifiers refuse the token`,
      advice: `Write \`${name}\` as a text in quotes`,
    };
  }
  const aud = member(claims, 'aud');
  if (aud === undefined || typeof aud === 'string' || (Array.isArray(aud) && aud.every(item => typeof item === 'string'))) return;
  yield {
    about: 'claims',
    span,
    why: '`aud` is neither a text nor a list of texts, so verifiers refuse the token',
    advice: 'Name the audience as a text',
  };
}

function* duplicateMembers(part: 'header' | 'payload', { span, duplicates }: JsonPart): Generator<StructureProblem> {
  if (duplicates.length === 0) return;
  yield {
    about: part === 'header' ? 'header' : 'claims',
    span,
    why: `The ${part} has two members with one name, of which some readers take the first and some the last, so that two verifiers can see two different tokens`,
    advice: 'Have the issuer write each name once',
  };
}

/** A signature whose size its algorithm cannot have was cut or changed. */
function* signatureProblems({ form, alg, signature, payload, header }: Token): Generator<StructureProblem> {
  if (form === 'jwe' || alg === undefined || isNone(alg)) return;
  const algorithm = algorithmNamed(alg);
  const problem = (why: string): StructureProblem => ({
    about: 'signature',
    span: signature.span.start === signature.span.end ? header.span : signature.span,
    why,
    advice: 'Copy the whole token again',
  });
  if (signature.bytes === 0) {
    if (!payload?.problems.includes('empty'))
      yield problem('The header names an algorithm, and there is no signature, so every verifier refuses this token');
  } else if (algorithm?.signatureBytes !== undefined && signature.bytes !== algorithm.signatureBytes) {
    const { signatureBytes: right } = algorithm;
    yield problem(`The signature has ${signature.bytes} bytes where ${alg} has ${right}, so every verifier refuses this token`);
  } else if (signature.isBlank && algorithm?.family === 'EC') {
    yield {
      ...problem('The signature is nothing but zeros, which only a verifier with a known fault accepts (CVE-2022-21449)'),
      advice: 'Nobody signs so: find out who made this token',
    };
  } else if (algorithm?.family === 'RSA' && signature.bytes < 128) {
    yield problem(`The signature has ${signature.bytes} bytes, fewer than any RSA key makes, so every verifier refuses this token`);
  }
}
