// Keys as people keep them (a secret's text, a JWK, a key set, a PEM) made ready for jose. Nothing is read here: texts come in.
import { exportJWK, importPKCS8, importSPKI, importX509, type JWK } from 'jose';
import type { NatsTrust } from '../core/nats-auth/trust.ts';

/** What a verifier holds. Never shown, logged or put into a report. */
export type KeyMaterial =
  | { readonly kind: 'secret'; readonly text: string }
  | { readonly kind: 'jwk' | 'jwks' | 'pem'; readonly text: string }
  /** A nats-server under operators, which takes no key but a chain of trust. */
  | { readonly kind: 'nats'; readonly trust: NatsTrust }
  /** Nobody has the key here. `why` is a sentence without a secret. */
  | { readonly kind: 'unavailable'; readonly why: string };

/** A public key or a secret that can be tried. */
export interface CandidateKey {
  readonly jwk: JWK;
  /** "key 2025-11 of the key set"; never the key. */
  readonly name: string;
}

export interface ReadKeys {
  readonly keys: readonly CandidateKey[];
  /** What is wrong with the material; sentences without a secret. */
  readonly problems: readonly string[];
}

/** Bytes of a secret as a verifier takes it: its text, unless a product says otherwise. */
export function secretBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}

/** Reads everything but `secret` and `unavailable`. `alg` is the token's algorithm, which a PEM does not name itself. */
export async function readKeys(material: KeyMaterial, alg: string): Promise<ReadKeys> {
  if (material.kind === 'jwk' || material.kind === 'jwks') return keysIn(material.text);
  if (material.kind === 'pem') return readPem(material.text, alg);
  return { keys: [], problems: [] };
}

/** Keys of a JWK or a key set (RFC 7517). */
export function keysIn(text: string): ReadKeys {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { keys: [], problems: ['The key file is no JSON.'] };
  }
  const list = isRecord(value) && Array.isArray(value.keys) ? value.keys : [value];
  const problems: string[] = [];
  const keys: CandidateKey[] = [];
  for (const [index, item] of list.entries()) {
    const name = isRecord(item) && typeof item.kid === 'string' ? `key ${item.kid}` : list.length > 1 ? `key ${index + 1}` : 'the key';
    if (!isRecord(item) || typeof item.kty !== 'string') problems.push(`${capital(name)} has no \`kty\`, so it is no JWK.`);
    else {
      if (item.kty !== 'oct' && Object.hasOwn(item, 'd'))
        problems.push(`${capital(name)} is a private key; a verifier needs its public part only.`);
      keys.push({ jwk: publicPart(item as JWK), name });
    }
  }
  if (keys.length === 0 && problems.length === 0) problems.push('The key set is empty.');
  return { keys, problems };
}

function publicPart(jwk: JWK): JWK {
  if (jwk.kty === 'oct') return jwk;
  const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, oth: _oth, priv: _priv, key_ops: _ops, ...rest } = jwk as JWK & { priv?: string };
  return rest;
}

/** Algorithms that show what kind of key a PEM holds, most usual first. */
const probes = ['RS256', 'ES256', 'ES384', 'ES512', 'Ed25519'];

async function readPem(text: string, alg: string): Promise<ReadKeys> {
  const block = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/.exec(text);
  if (!block) return { keys: [], problems: ['The key file is no PEM: there is no BEGIN line with its END line.'] };
  const label = block[1] as string;
  const whole = block[0];
  const problems = label.includes('PRIVATE') ? ['The PEM holds a private key; a verifier needs its public part only.'] : [];
  for (const probe of [alg, ...probes]) {
    try {
      const options = { extractable: true };
      const key =
        label === 'CERTIFICATE'
          ? await importX509(whole, probe, options)
          : label === 'PRIVATE KEY'
            ? await importPKCS8(whole, probe, options)
            : label === 'RSA PUBLIC KEY'
              ? await importSPKI(wrapPkcs1(block[2] as string), probe, options)
              : await importSPKI(whole, probe, options);
      const { alg: _alg, ...jwk } = publicPart(await exportJWK(key));
      return { keys: [{ jwk, name: label === 'CERTIFICATE' ? 'the certificate' : 'the key' }], problems };
    } catch {
      // Not that kind of key: the next probe tells.
    }
  }
  return { keys: [], problems: [...problems, `The PEM (${label}) cannot be read here as a key that checks signatures.`] };
}

/** RFC 8017 A.1.1 in the wrapping of RFC 5280, which is the only one that WebCrypto reads. */
function wrapPkcs1(base64: string): string {
  const inner = Uint8Array.from(atob(base64.replace(/\s/g, '')), character => character.charCodeAt(0));
  const rsaEncryption = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
  const bits = der(0x03, [0, ...inner]);
  const bytes = der(0x30, [...rsaEncryption, ...bits]);
  return `-----BEGIN PUBLIC KEY-----\n${btoa(String.fromCharCode(...bytes))}\n-----END PUBLIC KEY-----`;
}

function der(tag: number, content: readonly number[]): number[] {
  const length = content.length;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return [tag, ...size, ...content];
}

/** What is read of JSON that should be a key set or a key. */
interface Loose {
  readonly keys?: unknown;
  readonly kty?: unknown;
  readonly kid?: unknown;
}

function isRecord(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
