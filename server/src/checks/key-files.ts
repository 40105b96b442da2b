// Key files of a workspace: whoever has a public key can be shown a token, though nothing here says who that is.
import { algorithmNamed, isNone } from '../core/facts/jwt-algorithms.ts';
import type { CompactToken } from '../core/jwt/compact.ts';
import { isCertificate, type KeyForm, keyFormOf } from '../core/jwt/key-text.ts';
import { keysIn } from './key-material.ts';
import type { Verifier } from './token-report.ts';

/** Names of files that may hold keys; which of them do, their texts say. */
export const mayHoldKeys = /\.(json|jwks?|pem|pub)$/i;

/** How a verifier is called that is a key file and no more. `path` as it is shown. */
export function keyFileVerifier(kind: KeyForm, path: string, text: string): Verifier {
  return { name: `${kind === 'jwks' ? 'key set' : 'key'} ${path}`, path, key: { kind, text } };
}

/**
 * The verifier that a file makes for a token; undefined for a file without keys that could have made its signature, such as an
 * RSA key for an HS256 token. Certificates are left out: nearly all are for TLS.
 */
export function verifierOfFile(path: string, text: string, { token }: CompactToken): Verifier | undefined {
  const kind = isCertificate(text) ? undefined : keyFormOf(text);
  const alg = token?.alg;
  if (!kind || alg === undefined || isNone(alg)) return undefined;
  const family = algorithmNamed(alg)?.family;
  if (kind === 'pem') return family === 'HMAC' || family === 'nkey' ? undefined : keyFileVerifier(kind, path, text);
  const types: Readonly<Record<string, string>> = { HMAC: 'oct', RSA: 'RSA', EC: 'EC', EdDSA: 'OKP', 'ML-DSA': 'AKP' };
  const { keys } = keysIn(text);
  return keys.some(({ jwk }) => jwk.kty === types[family ?? '']) ? keyFileVerifier(kind, path, text) : undefined;
}
