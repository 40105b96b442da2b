// Public keys as people keep them (PEM, certificate, JWK, key set), read without WebCrypto, which answers later: for rules. Where anything
// is not as it is known here, there is no answer, and rules say nothing.
import { decodeBase64Url } from '../text/base64url.ts';
import { isObject, type JsonObject, member, parseObject } from '../text/json.ts';
import { keyFormOf } from './key-text.ts';

/** `alg` and `kid` only where the key itself says them. */
export type PublicKey = (RsaKey | EcKey) & { readonly alg?: string | undefined; readonly kid?: string | undefined };

export interface RsaKey {
  readonly kind: 'RSA';
  readonly modulus: bigint;
  readonly exponent: bigint;
}

export interface EcKey {
  readonly kind: 'EC';
  readonly curve: Curve;
  /** As SEC 1 §2.3.3 writes points without compression. */
  readonly point: Uint8Array;
}

export type Curve = 'P-256' | 'P-384';

/** Every key of a text; undefined where it holds none, or one that cannot be read here, such as Ed25519. */
export function publicKeysIn(text: string): readonly PublicKey[] | undefined {
  const form = keyFormOf(text);
  const keys = form === 'pem' ? pemKeys(text) : form === undefined ? [] : jsonKeys(text);
  const readable = keys.filter(key => key !== undefined);
  return readable.length > 0 && readable.length === keys.length ? readable : undefined;
}

function jsonKeys(text: string): readonly (PublicKey | undefined)[] {
  const { object } = parseObject(text);
  const set = member(object, 'keys');
  const keys = Array.isArray(set) ? set : [object];
  // Keys for encryption stand in the same sets.
  return keys.filter(key => !isObject(key) || member(key, 'use') !== 'enc').map(key => (isObject(key) ? jwk(key) : undefined));
}

function jwk(key: JsonObject): PublicKey | undefined {
  const text = (name: string) => {
    const value = member(key, name);
    return typeof value === 'string' ? value : undefined;
  };
  const bytes = (name: string) => decodeBase64Url(text(name) ?? '').bytes;
  const names = { alg: text('alg'), kid: text('kid') };
  if (text('kty') === 'RSA') return rsaKey(toNumber(bytes('n')), toNumber(bytes('e')), names);
  const curve = Object.values(curves).find(name => name === text('crv'));
  if (text('kty') !== 'EC' || !curve) return undefined;
  return { kind: 'EC', curve, point: Uint8Array.from([uncompressed, ...bytes('x'), ...bytes('y')]), ...names };
}

/** Numbers that nobody has keys of, and that would take long: whoever opens a folder has not chosen what is in it. */
const [tooLong, tooHigh] = [1n << 16384n, 1n << 64n];

function rsaKey(modulus: bigint, exponent: bigint, names: Pick<PublicKey, 'alg' | 'kid'> = {}): PublicKey | undefined {
  return modulus > 1n && modulus < tooLong && exponent > 1n && exponent < tooHigh
    ? { kind: 'RSA', modulus, exponent, ...names }
    : undefined;
}

function pemKeys(text: string): readonly (PublicKey | undefined)[] {
  return [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g)].map(([, label, content = '']) => {
    const der = readDer(decodeBase64Url(content.replace(/\s/g, '')).bytes, 0);
    if (label === 'CERTIFICATE') return certified(der);
    if (label === 'RSA PUBLIC KEY') return pkcs1(der);
    return label === 'PUBLIC KEY' ? spki(der) : undefined;
  });
}

/** RFC 5280 §4.1: the key is the sixth field, or the seventh where a version is written before them. */
function certified(certificate: Der | undefined): PublicKey | undefined {
  const fields = inside(inside(certificate)[0]);
  return spki(fields[fields[0]?.tag === version ? 6 : 5]);
}

/** RFC 5280 §4.1.2.7: which kind of key, and the key. */
function spki(info: Der | undefined): PublicKey | undefined {
  const [algorithm, bits] = inside(info);
  const [kind, parameters] = inside(algorithm).map(({ content }) => toHex(content));
  if (bits?.tag !== bitString || bits.content[0] !== 0) return undefined;
  const key = bits.content.subarray(1);
  if (kind === rsaEncryption) return pkcs1(readDer(key, 0));
  const curve = curves[parameters ?? ''];
  return kind === ecPublicKey && curve && key[0] === uncompressed ? { kind: 'EC', curve, point: key } : undefined;
}

/** RFC 8017 A.1.1. */
function pkcs1(key: Der | undefined): PublicKey | undefined {
  const [modulus, exponent] = inside(key).map(({ content }) => toNumber(content));
  return modulus === undefined || exponent === undefined ? undefined : rsaKey(modulus, exponent);
}

const [bitString, sequence, version, uncompressed] = [0x03, 0x30, 0xa0, 0x04];

/** Object identifiers (RFC 3279 §2.3), in hexadecimal. */
const [rsaEncryption, ecPublicKey] = ['2a864886f70d010101', '2a8648ce3d0201'];

/** Curves by their object identifiers (RFC 5480 §2.1.1.1). */
const curves: Readonly<Record<string, Curve>> = { '2a8648ce3d030107': 'P-256', '2b81040022': 'P-384' };

/** One element of DER (X.690 §8.1). */
interface Der {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly end: number;
}

function readDer(bytes: Uint8Array, at: number): Der | undefined {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) return undefined;
  // 0x80 begins something without a size, which DER does not have.
  if (first === 0x80) return undefined;
  const sizeBytes = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 2 + sizeBytes;
  const size = sizeBytes === 0 ? first : Number(toNumber(bytes.subarray(at + 2, start)));
  const end = start + size;
  return sizeBytes > 3 || end > bytes.length ? undefined : { tag, content: bytes.subarray(start, end), end };
}

/** Elements of a sequence; none of anything else. */
function inside(der: Der | undefined): readonly Der[] {
  const elements: Der[] = [];
  if (der?.tag !== sequence) return elements;
  for (let next = readDer(der.content, 0); next; next = readDer(der.content, next.end)) elements.push(next);
  return elements;
}

function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/** The number that bytes are, most significant first. */
export function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x0${toHex(bytes)}`);
}
