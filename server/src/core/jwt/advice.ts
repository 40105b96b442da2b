// What to do where a token and who it is for do not fit together: rules and the report on a token give the same advice. Sentences.
import { algorithmNamed } from '../facts/jwt-algorithms.ts';

/** For a token that is signed with `alg`, by somebody that its verifier does not take tokens of. */
export function algorithmAdvice(alg: string): string {
  return algorithmNamed(alg)?.family === 'HMAC'
    ? 'Use a token of the identity provider that those keys belong to, or let a development setup check with a secret.'
    : 'Let it take the keys of the issuer (for instance by `JWKS_URI`) instead of a secret, or sign a token for development with that secret.';
}

/** `purpose` is that of the token. */
export function audienceAdvice(purpose: string | undefined): string {
  return purpose === 'id'
    ? 'It is an ID token, which is for the client that logs in: send the access token, and ask for this audience when you request it.'
    : 'Ask the issuer for a token with this audience, or correct it where the gateway is configured.';
}

/** `iss` is what the token has. */
export function issuerAdvice(iss: string | undefined): string {
  return iss === undefined
    ? 'Have whoever issues it set `iss` to exactly that.'
    : 'Write the issuer there exactly as its tokens have it, or use a token of the right issuer.';
}

export const subjectAdvice = 'Have the issuer set `sub` to the id of the user or service.';

export const expiryAdvice = 'Get a new one from whoever issued it.';
