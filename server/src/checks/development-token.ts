// Tokens for development: signed with the secret that a service of the workspace checks with, so that the service takes them. The secret
// is read where it is known already, and goes nowhere else.
import { SignJWT } from 'jose';
import { algorithmNamed } from '../core/facts/jwt-algorithms.ts';
import { secretBytes } from './key-material.ts';
import type { Verifier } from './token-report.ts';

/** Somebody whose tokens can be signed here. */
export interface Signer {
  readonly verifier: Verifier;
  readonly algorithm: string;
  readonly secret: string;
}

export interface DevelopmentClaims {
  readonly subject: string;
  readonly permissions: readonly string[];
  /** How long the token counts; at most a day. */
  readonly minutes: number;
}

const mostMinutes = 24 * 60;

/** Services with a shared secret that is known here. What is in production gets no tokens from a developer's machine. */
export function signersAmong(verifiers: readonly Verifier[]): readonly Signer[] {
  return verifiers.flatMap(verifier => {
    const { key, algorithms = ['HS256'], production } = verifier;
    const algorithm = algorithms.find(name => algorithmNamed(name)?.family === 'HMAC');
    if (key.kind !== 'secret' || key.text === '' || algorithm === undefined || production !== undefined) return [];
    return [{ verifier, algorithm, secret: key.text }];
  });
}

/** A token that the signer's own checks accept: with its issuer and audience, and permissions as a list. `now` in milliseconds since the epoch. */
export function developmentToken({ verifier, algorithm, secret }: Signer, claims: DevelopmentClaims, now: number): Promise<string> {
  const seconds = Math.floor(now / 1000);
  const { subject, permissions, minutes } = claims;
  const lifetime = Math.min(Math.max(1, Math.round(minutes)), mostMinutes) * 60;
  return new SignJWT({
    ...(verifier.issuer ? { iss: verifier.issuer[0] } : {}),
    ...(verifier.audience ? { aud: verifier.audience[0] } : {}),
    sub: subject,
    ...(permissions.length > 0 ? { permissions: [...permissions] } : {}),
    iat: seconds,
    exp: seconds + lifetime,
  })
    .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
    .sign(secretBytes(secret));
}
