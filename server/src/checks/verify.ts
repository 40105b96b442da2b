// Whether a key made a token's signature, and if not, what most likely went wrong. Cryptography by jose (WebCrypto), so the same in
// node and in a browser. No file, network or clock: keys come in as text.
import { base64url, flattenedVerify, type JWK } from 'jose';
import { type Algorithm, algorithmNamed } from '../core/facts/jwt-algorithms.ts';
import { algorithmAdvice } from '../core/jwt/advice.ts';
import type { CompactToken } from '../core/jwt/compact.ts';
import { isNats } from '../core/jwt/kind.ts';
import { otherReadings } from '../core/jwt/secret-readings.ts';
import { isSignedBy } from '../core/nats-auth/nkey.ts';
import { decodeBase64Url, encodeUtf8 } from '../core/text/base64url.ts';
import { member } from '../core/text/json.ts';
import { type Answer, fail, pass, unknown } from './answer.ts';
import { type CandidateKey, type KeyMaterial, readKeys, secretBytes } from './key-material.ts';

export interface SignatureAnswer {
  /** Whether the algorithm is one that this key can have made. */
  readonly algorithm: Answer;
  /** Whether the key is there and good enough. */
  readonly key: Answer;
  readonly signature: Answer;
}

const verifies = 'The signature verifies.';

/** Checks the signature of a JWS. `payload` is the content of a detached one. Never rejects. */
export async function verifySignature(compact: CompactToken, material: KeyMaterial, payload?: string): Promise<SignatureAnswer> {
  const { token } = compact;
  if (!token)
    return { algorithm: unknown('There is no token.'), key: unknown('There is no token.'), signature: fail('There is no token.') };
  const name = token.alg ?? '';
  const algorithm = algorithmNamed(name);
  if (token.form === 'jwe') {
    const why = 'The token is encrypted: only the holder of the decryption key can tell.';
    return { algorithm: unknown(why), key: unknown(why), signature: unknown(why) };
  }
  if (material.kind === 'nats') {
    if (isNats(token.kind))
      return { algorithm: pass(), key: pass('The key is the public nkey in `iss`.'), signature: verifyNatsSignature(compact) };
    const why = 'This server takes NATS JWTs only.';
    return { algorithm: fail(why), key: fail(why), signature: fail(why) };
  }
  if (algorithm?.family === 'none') {
    return {
      algorithm: fail('`alg` is `none`: nobody may accept that.'),
      key: unknown('No key is used.'),
      signature: fail('The token is not signed.'),
    };
  }
  if (!algorithm || algorithm.family === 'encryption') {
    const why = 'The algorithm of the token is not one that signs.';
    return { algorithm: fail(why), key: unknown(why), signature: fail(why) };
  }
  if (algorithm.family === 'nkey') {
    const why = 'NATS signs with nkeys, which other verifiers do not know.';
    return { algorithm: fail(why), key: fail(why), signature: fail(why) };
  }
  if (material.kind === 'unavailable') return { algorithm: pass(), key: unknown(material.why), signature: unknown(material.why) };
  if (material.kind === 'secret') return bySecret(compact, algorithm, material.text, payload);
  return byKeys(compact, algorithm, material, payload);
}

async function bySecret(compact: CompactToken, algorithm: Algorithm, text: string, payload: string | undefined): Promise<SignatureAnswer> {
  if (algorithm.family !== 'HMAC') {
    const why = `The token is signed with ${algorithm.name} and a key pair; this verifier holds a secret, which fits HS256 and its like only.`;
    return { algorithm: fail(why, algorithmAdvice(algorithm.name)), key: fail(why), signature: fail(why) };
  }
  if (text === '') {
    return { algorithm: pass(), key: fail('The secret is empty.'), signature: fail('An empty secret verifies nothing.') };
  }
  const key = secretQuality(text, algorithm);
  const outcome = await tryKey(compact, secretBytes(text), payload);
  if (outcome === true) return { algorithm: pass(), key, signature: pass(verifies) };
  if (outcome === 'detached') return { algorithm: pass(), key, signature: unknown(detachedWords) };
  for (const { words, bytes } of otherReadings(text)) {
    if ((await tryKey(compact, bytes, payload)) === true) {
      const why = `The signature verifies only when the secret is ${words}, while a secret counts as it is written: issuer and verifier read it differently.`;
      return { algorithm: pass(), key, signature: fail(why) };
    }
  }
  const why = 'The signature does not verify with this secret: it was made with another one, or the token was changed or cut.';
  return { algorithm: pass(), key, signature: fail(why, 'Give both sides the same secret, or copy the token again as a whole.') };
}

function secretQuality(text: string, algorithm: Algorithm): Answer {
  if (/-----BEGIN [A-Z ]*(KEY|CERTIFICATE)-----/.test(text)) {
    return fail('The secret is a PEM key: who knows that public key can sign tokens (key confusion, RFC 8725 §2.1).');
  }
  const bytes = secretBytes(text).length;
  const least = algorithm.secretBytes ?? 0;
  return bytes < least
    ? fail(`The secret has ${bytes} bytes, and ${algorithm.name} needs ${least} at least (RFC 7518 §3.2).`)
    : pass('The secret is long enough.');
}

async function byKeys(
  compact: CompactToken,
  algorithm: Algorithm,
  material: KeyMaterial,
  payload: string | undefined,
): Promise<SignatureAnswer> {
  const { keys, problems } = await readKeys(material, algorithm.name);
  if (keys.length === 0) {
    const why = problems.length > 0 ? problems : ['There is no key.'];
    return { algorithm: pass(), key: fail(...why), signature: unknown(why[0] as string) };
  }
  const fitting = keys.filter(({ jwk }) => misfit(jwk, algorithm) === undefined);
  if (fitting.length === 0) {
    const reasons = keys.slice(0, 3).map(({ jwk, name }) => `${name}: ${misfit(jwk, algorithm)}`);
    const why = `The token is signed with ${algorithm.name}, for which there is no key here (${reasons.join('; ')}).`;
    return { algorithm: fail(why), key: fail(why), signature: fail(why) };
  }
  const kid = member(compact.token?.header.object, 'kid');
  const candidates = typeof kid === 'string' && (keys.length > 1 || material.kind === 'jwks') ? namedKeys(fitting, kid) : fitting;
  if (candidates.length === 0) {
    const why =
      'No key of the set has the name that the token asks for by `kid`: the keys were rotated, or the token is from another issuer.';
    return { algorithm: pass(), key: fail(why, ...problems), signature: fail(why) };
  }
  return tryCandidates(compact, algorithm, candidates, problems, payload);
}

/** Keys of that name; keys without a name may be meant where none has it. */
function namedKeys(keys: readonly CandidateKey[], kid: string): readonly CandidateKey[] {
  const named = keys.filter(({ jwk }) => jwk.kid === kid);
  return named.length > 0 ? named : keys.filter(({ jwk }) => jwk.kid === undefined);
}

async function tryCandidates(
  compact: CompactToken,
  algorithm: Algorithm,
  candidates: readonly CandidateKey[],
  problems: readonly string[],
  payload: string | undefined,
): Promise<SignatureAnswer> {
  const short = candidates.map(({ jwk, name }) => tooShort(jwk, name, algorithm)).filter(why => why !== undefined);
  const quality = short.length + problems.length > 0 ? fail(...short, ...problems) : pass('The key fits the algorithm.');
  const outcomes: Outcome[] = [];
  for (const { jwk } of candidates) {
    const outcome = await tryKey(compact, jwk.kty === 'oct' ? base64url.decode(jwk.k as string) : jwk, payload);
    if (outcome === true) return { algorithm: pass(), key: quality, signature: pass(verifies) };
    outcomes.push(outcome);
  }
  if (outcomes.includes('detached')) return { algorithm: pass(), key: quality, signature: unknown(detachedWords) };
  if (outcomes.includes('unsupported')) {
    const why = `${algorithm.name} with this key cannot be checked here: the runtime does not support it.`;
    return { algorithm: pass(), key: quality, signature: unknown(why) };
  }
  const why = 'The signature does not verify with this key: it was made with another one, or the token was changed or cut.';
  return {
    algorithm: pass(),
    key: quality,
    signature: fail(why, 'Use a token of the issuer that the key belongs to, or copy it again as a whole.'),
  };
}

/** Why a key cannot have made a signature with this algorithm; undefined when it can. */
function misfit(jwk: JWK, { name, family, curve }: Algorithm): string | undefined {
  const types: Partial<Record<Algorithm['family'], string>> = { HMAC: 'oct', RSA: 'RSA', EC: 'EC', EdDSA: 'OKP', 'ML-DSA': 'AKP' };
  if (jwk.kty !== types[family]) return `a key of type ${String(jwk.kty)}`;
  if (curve !== undefined && jwk.crv !== curve) return `a key on the curve ${String(jwk.crv)}`;
  if (jwk.use !== undefined && jwk.use !== 'sig') return 'not for signatures (`use`)';
  if (jwk.alg !== undefined && jwk.alg !== name) return `for ${jwk.alg} only`;
  if (jwk.key_ops && !jwk.key_ops.includes('verify') && !jwk.key_ops.includes('sign')) return 'not for signatures (`key_ops`)';
  if (jwk.kty === 'oct' && !jwk.k) return 'an empty secret';
  return undefined;
}

function tooShort(jwk: JWK, name: string, { name: alg, secretBytes: least, rsaBits }: Algorithm): string | undefined {
  if (jwk.kty === 'oct' && least !== undefined) {
    const bytes = decodeBase64Url(jwk.k ?? '').bytes.length;
    return bytes < least ? `The secret (${name}) has ${bytes} bytes, and ${alg} needs ${least} at least (RFC 7518 §3.2).` : undefined;
  }
  if (jwk.kty !== 'RSA' || rsaBits === undefined) return undefined;
  const bits = decodeBase64Url(jwk.n ?? '').bytes.length * 8;
  return bits < rsaBits
    ? `The RSA key (${name}) has ${bits} bits, and ${alg} needs ${rsaBits} at least (RFC 7518 §3.3); many libraries refuse it.`
    : undefined;
}

type Outcome = boolean | 'detached' | 'unsupported';

const detachedWords = 'The payload is detached: the signature covers content that is not here.';

/** Tries one key on the token as it would be without stray characters. A critical extension that nobody knows is judged elsewhere. */
async function tryKey({ parts, token }: CompactToken, key: JWK | Uint8Array, content: string | undefined): Promise<Outcome> {
  const [header = '', inline = '', signature = ''] = parts;
  const crit = member(token?.header.object, 'crit');
  const extensions = Array.isArray(crit) ? crit.filter((name): name is string => typeof name === 'string' && name !== 'b64') : [];
  const unencoded = member(token?.header.object, 'b64') === false;
  const detached = inline === '' && content !== undefined;
  const payload = detached && !unencoded ? base64url.encode(content) : detached ? content : inline;
  try {
    const options = { crit: Object.fromEntries(extensions.map(name => [name, true])) };
    const usable = key instanceof Uint8Array ? key : plainKey(key);
    await flattenedVerify({ protected: header, payload, signature }, usable, options);
    return true;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' || code === 'ERR_JWS_INVALID') {
      return code !== 'ERR_JWS_INVALID' && inline === '' && content === undefined ? 'detached' : false;
    }
    return 'unsupported';
  }
}

/** What jose should not judge again: use, operations and name were judged above, in words for a person. */
function plainKey(jwk: JWK): JWK {
  const { use: _use, key_ops: _ops, alg: _alg, kid: _kid, ...rest } = jwk;
  return rest;
}

/**
 * The signature of a NATS JWT by the public nkey in its `iss`. Version 2 covers header and payload, version 1 the payload only
 * (nats-io/jwt v2/decoder.go); what matters to a reader is whether the named issuer signed it.
 */
export function verifyNatsSignature({ parts, token }: CompactToken): Answer {
  const issuer = member(token?.claims, 'iss');
  if (typeof issuer !== 'string') return fail('The token names no issuer (`iss`), whose key would be needed.');
  const [header = '', payload = '', signature = ''] = parts;
  const { bytes } = decodeBase64Url(signature);
  const both = isSignedBy(issuer, encodeUtf8(`${header}.${payload}`), bytes);
  if (both) return pass('The issuer that the token names signed it. Whether that issuer is trusted depends on the server.');
  if (isSignedBy(issuer, encodeUtf8(payload), bytes)) {
    return pass('The issuer that the token names signed it, in the way of version 1: the signature covers the payload only.');
  }
  return fail('The issuer that the token names did not sign it: the token was changed or cut.');
}
