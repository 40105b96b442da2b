// A token in a file is a password in a file: whoever reads the file, its history or a backup can use it.
import { algorithmNamed } from '../../facts/jwt-algorithms.ts';
import type { LanguageId } from '../../language.ts';
import { defineRule } from '../../lint/rule.ts';
import { member } from '../../text/json.ts';
import { isCredential, nameOfToken } from '../kind.ts';
import type { JwtModel } from '../model.ts';
import { numberClaim, type Token } from '../parser.ts';
import { durationInWords, largestPlausibleTime } from '../times.ts';
import { judged } from '../weight.ts';

/** Files that are made to hold secrets and have rules of their own. */
const keepers: readonly (LanguageId | undefined)[] = ['dotenv', 'creds'];

export default defineRule<JwtModel>({
  id: 'jwt/live-token',
  severity: 'warning',
  since: '0.1.0',
  *check(model, { now, recheckAt }) {
    if (keepers.includes(model.owner) || !model.file.includes('://') || model.file.startsWith('untitled:')) return;
    for (const { token, mild } of judged(model)) {
      if (mild || !isUsable(token)) continue;
      const exp = numberClaim(token, 'exp');
      const ends = exp !== undefined && exp <= largestPlausibleTime ? exp : undefined;
      if (ends !== undefined) {
        if (ends * 1000 <= now) continue;
        recheckAt(ends * 1000);
      }
      yield {
        span: token.signature.span,
        message: `This signed ${nameOfToken(token.kind)} is ${ends === undefined ? 'valid without end' : `valid for another ${durationInWords(ends - now / 1000)}`}, so whoever reads this file can use it. Read it from the environment or a secret store, and revoke this one if the file was shared.`,
      };
    }
  },
});

/**
 * Whether somebody could use it: signed, and by a signature of a size its algorithm can have. NATS JWTs are public without their
 * seed, a proof serves once, and Supabase's `anon` key is meant for everyone.
 */
function isUsable({ form, kind, alg, claims, signature }: Token): boolean {
  const algorithm = algorithmNamed(alg ?? '');
  if (form === 'jwe' || !algorithm || algorithm.family === 'none' || !isCredential(claims)) return false;
  if (kind.purpose === 'nats' || kind.purpose === 'dpop' || member(claims, 'role') === 'anon') return false;
  const least = algorithm.signatureBytes ?? (algorithm.family === 'RSA' ? 128 : 64);
  const most = algorithm.signatureBytes ?? 2048;
  return signature.problems.length === 0 && signature.bytes >= least && signature.bytes <= most;
}
