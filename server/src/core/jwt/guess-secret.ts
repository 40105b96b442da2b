// The secrets that everybody knows, tried on a signature as an attacker would try them first.
import { trivialWords } from '../environment/secret-quality.ts';
import { publishedSecrets } from '../facts/published-secrets.ts';
import { encodeUtf8 } from '../text/base64url.ts';
import { type HmacSigned, isSignedWithBytes } from './hmac.ts';

/** A secret and how everybody knows it. The secret itself is never shown. */
export interface GuessedSecret {
  readonly secret: string;
  readonly how: { readonly kind: 'published'; readonly of: string } | { readonly kind: 'trivial' } | { readonly kind: 'empty' };
}

const candidates: readonly GuessedSecret[] = [
  ...[...publishedSecrets].map(([secret, of]) => ({ secret, how: { kind: 'published', of } as const })),
  ...[...trivialWords].map(secret => ({ secret, how: { kind: 'trivial' } as const })),
  { secret: '', how: { kind: 'empty' } },
];

const guesses = new WeakMap<HmacSigned, GuessedSecret | 'none'>();

/** The secret of a signature if it is among the first that anybody tries. A millisecond or two for a token that is new. */
export function guessSecret(signed: HmacSigned): GuessedSecret | undefined {
  const known = guesses.get(signed) ?? candidates.find(({ secret }) => isSignedWithBytes(signed, encodeUtf8(secret))) ?? 'none';
  guesses.set(signed, known);
  return known === 'none' ? undefined : known;
}
