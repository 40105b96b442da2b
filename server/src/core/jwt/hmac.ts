// Whether a secret made an HMAC signature. WebCrypto answers later or not at all where findings are made, so that the hashes come from a
// library that is pure, audited and has no dependencies; requests of a person go through jose.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { decodeBase64Url, encodeUtf8 } from '../text/base64url.ts';

const hashes = { HS256: sha256, HS384: sha384, HS512: sha512 } as const;

type HmacAlgorithm = keyof typeof hashes;

/** What an HMAC signature is checked with. Secret like the token that it is made of. */
export interface HmacSigned {
  readonly alg: HmacAlgorithm;
  /** Header and payload as they are signed (RFC 7515 §5.1). */
  readonly input: Uint8Array;
  readonly signature: Uint8Array;
}

/** `compact` is a whole token; undefined unless it is signed by HMAC with a signature of the right size. */
export function hmacSigned(compact: string, alg: string | undefined): HmacSigned | undefined {
  if (alg === undefined || !Object.hasOwn(hashes, alg)) return undefined;
  const dot = compact.lastIndexOf('.');
  const { bytes, problems } = decodeBase64Url(compact, dot + 1);
  const name = alg as HmacAlgorithm;
  if (problems.length > 0 || bytes.length !== hashes[name].outputLen) return undefined;
  return { alg: name, input: encodeUtf8(compact.slice(0, dot)), signature: bytes };
}

/** Whether the text of `secret`, as its UTF-8 bytes, made the signature. Some microseconds. */
export function isSignedWith(signed: HmacSigned, secret: string): boolean {
  return isSignedWithBytes(signed, encodeUtf8(secret));
}

/** An empty secret made nothing. */
export function isSignedWithBytes({ alg, input, signature }: HmacSigned, secret: Uint8Array): boolean {
  return secret.length > 0 && hmac(hashes[alg], secret, input).every((byte, i) => byte === signature[i]);
}
