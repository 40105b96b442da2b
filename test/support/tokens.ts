// Makes tokens for tests: encoded here, signed where a test needs a signature that verifies. No key outlives its test.
import { base64url, CompactSign, type JWK } from 'jose';

export function part(value: unknown): string {
  return base64url.encode(typeof value === 'string' ? value : JSON.stringify(value));
}

/** A token whose signature is made up, of the size that HS256 has. */
export function unverifiable(claims: unknown, header: unknown = { alg: 'HS256', typ: 'JWT' }): string {
  return `${part(header)}.${part(claims)}.${part('s'.repeat(32))}`;
}

export async function signed(
  claims: unknown,
  key: JWK | Uint8Array | CryptoKey,
  header: { alg: string } & Record<string, unknown>,
): Promise<string> {
  const payload = new TextEncoder().encode(typeof claims === 'string' ? claims : JSON.stringify(claims));
  return new CompactSign(payload).setProtectedHeader(header).sign(key);
}
