// Whether the holder of a public key made a signature: RSA (RFC 8017) and ECDSA (FIPS 186-5) where rules are made, which cannot wait for
// WebCrypto. Only public values come in, so that nothing is given away by the time it takes; requests of a person go through jose.
import { p256, p384 } from '@noble/curves/nist.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { decodeBase64Url, encodeUtf8 } from '../text/base64url.ts';
import type { Token } from './parser.ts';
import { type EcKey, type PublicKey, type RsaKey, toNumber } from './public-key.ts';

const curves = { 'P-256': p256, 'P-384': p384 } as const;
const hashes = { '256': sha256, '384': sha384, '512': sha512 } as const;

type Hash = (typeof hashes)[keyof typeof hashes];

/** What a signature by a key pair is checked with. Secret like the token that it is made of. */
export interface KeySigned {
  readonly alg: string;
  readonly kid: string | undefined;
  /** The whole token in one piece. */
  readonly compact: string;
}

/** `compact` is the text of `token`; undefined for algorithms that are not known here, and for a token whose signature was cut. */
export function keySigned(compact: string, { alg, form, header, signature, payload }: Token): KeySigned | undefined {
  if (alg === undefined || form === 'jwe' || !/^(?:[RP]S(?:256|384|512)|ES(?:256|384))$/.test(alg)) return undefined;
  if (signature.problems.length > 0 || signature.bytes === 0 || payload?.problems.includes('empty')) return undefined;
  const kid = header.object.kid;
  return { alg, kid: typeof kid === 'string' ? kid : undefined, compact };
}

/** Whether the key is one that can have made the signature; others need not be tried. */
function fitsKey({ alg, kid }: KeySigned, key: PublicKey): boolean {
  if (key.alg !== undefined && key.alg !== alg) return false;
  if (key.kid !== undefined && kid !== undefined && key.kid !== kid) return false;
  return alg.startsWith('ES') ? key.kind === 'EC' && key.curve === `P-${alg.slice(2)}` : key.kind === 'RSA';
}

const answers = new WeakMap<KeySigned, WeakMap<PublicKey, boolean>>();

/** A fraction of a millisecond for RSA, a few for ECDSA; each key is tried once. */
export function isSignedByKey(signed: KeySigned, key: PublicKey): boolean {
  const known = answers.get(signed) ?? new WeakMap<PublicKey, boolean>();
  answers.set(signed, known);
  const answer = known.get(key) ?? (fitsKey(signed, key) && verify(signed, key));
  known.set(key, answer);
  return answer;
}

function verify({ alg, compact }: KeySigned, key: PublicKey): boolean {
  const dot = compact.lastIndexOf('.');
  const input = encodeUtf8(compact.slice(0, dot));
  const signature = decodeBase64Url(compact, dot + 1).bytes;
  const hash = hashes[alg.slice(2) as keyof typeof hashes];
  if (key.kind === 'EC') return isEcdsa(key, hash(input), signature);
  const size = bytesOf(key.modulus);
  if (signature.length !== size) return false;
  const message = power(toNumber(signature), key.exponent, key.modulus);
  return alg.startsWith('R') ? isPkcs1(message, alg, hash(input), size) : isPss(message, hash, hash(input), key);
}

/** What stands before a hash in RFC 8017 §9.2, note 1, in hexadecimal. */
const digestPrefixes: Readonly<Record<string, string>> = {
  RS256: '3031300d060960864801650304020105000420',
  RS384: '3041300d060960864801650304020205000430',
  RS512: '3051300d060960864801650304020305000440',
};

/** RFC 8017 §8.2.2: what must come out is made and compared, so that nothing in it is parsed. */
function isPkcs1(message: bigint, alg: string, digest: Uint8Array, size: number): boolean {
  const content = `${digestPrefixes[alg]}${toNumber(digest)
    .toString(16)
    .padStart(digest.length * 2, '0')}`;
  const padding = size - content.length / 2 - 3;
  return padding >= 8 && message === BigInt(`0x0001${'ff'.repeat(padding)}00${content}`);
}

/** RFC 8017 §9.1.2, with a salt as long as the hash (RFC 7518 §3.5). */
function isPss(message: bigint, hash: Hash, digest: Uint8Array, { modulus }: RsaKey): boolean {
  const bits = modulus.toString(2).length - 1;
  const size = Math.ceil(bits / 8);
  const length = digest.length;
  const hex = message.toString(16).padStart(size * 2, '0');
  if (hex.length !== size * 2 || size < 2 * length + 2) return false;
  const encoded = Uint8Array.from(hex.match(/../g) ?? [], pair => Number.parseInt(pair, 16));
  const masked = encoded.subarray(0, size - length - 1);
  const made = encoded.subarray(masked.length, size - 1);
  const unused = 0xff >> (8 * size - bits);
  if (encoded[size - 1] !== 0xbc || ((masked[0] as number) & ~unused & 0xff) !== 0) return false;
  const mask = maskOf(made, masked.length, hash);
  const block = masked.map((byte, i) => byte ^ (mask[i] as number));
  block[0] = (block[0] as number) & unused;
  const zeros = block.length - length - 1;
  if (block.subarray(0, zeros).some(byte => byte !== 0) || block[zeros] !== 1) return false;
  return areSame(hash(joined(new Uint8Array(8), digest, block.subarray(zeros + 1))), made);
}

/** MGF1 (RFC 8017 B.2.1). */
function maskOf(seed: Uint8Array, length: number, hash: Hash): Uint8Array {
  const mask = new Uint8Array(length + seed.length);
  for (let i = 0; i * seed.length < length; i++) mask.set(hash(joined(seed, Uint8Array.of(0, 0, 0, i))), i * seed.length);
  return mask.subarray(0, length);
}

/** FIPS 186-5 §6.4.2; the signature is its two numbers one after the other (RFC 7518 §3.4), of which JOSE takes a large second one too. */
function isEcdsa({ curve, point }: EcKey, digest: Uint8Array, signature: Uint8Array): boolean {
  try {
    return curves[curve].verify(signature, digest, point, { prehash: false, lowS: false });
  } catch {
    // The library throws at a signature of another size and at a point that is not on the curve.
    return false;
  }
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

function bytesOf(value: bigint): number {
  return Math.ceil(value.toString(16).length / 2);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function areSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
