// The secrets that everybody knows, tried on a signature as an attacker would try them first.
import { trivialWords } from '../environment/secret-quality.ts';
import { publishedSecrets } from '../facts/published-secrets.ts';
import { type HmacSigned, isSignedWith } from './hmac.ts';

export type GuessedSecret = { readonly kind: 'published'; readonly of: string } | { readonly kind: 'trivial' } | { readonly kind: 'empty' };

const guesses = new WeakMap<HmacSigned, GuessedSecret | 'none'>();

/** How the secret of a signature is known; undefined where it is not. About a millisecond for a token that is new. */
export function guessSecret(signed: HmacSigned): GuessedSecret | undefined {
  const known = guesses.get(signed) ?? guess(signed) ?? 'none';
  guesses.set(signed, known);
  return known === 'none' ? undefined : known;
}

function guess(signed: HmacSigned): GuessedSecret | undefined {
  for (const [secret, of] of publishedSecrets) if (isSignedWith(signed, secret)) return { kind: 'published', of };
  for (const word of trivialWords) if (isSignedWith(signed, word)) return { kind: 'trivial' };
  return isSignedWith(signed, '') ? { kind: 'empty' } : undefined;
}
