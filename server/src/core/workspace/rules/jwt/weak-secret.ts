// Who knows the secret of a token makes tokens of their own: secrets that everybody knows, and weak ones that the workspace holds.
import { describeWeakness } from '../../../compose/secrets.ts';
import { leastBytes, weaknessOf } from '../../../environment/secret-quality.ts';
import { type GuessedSecret, guessSecret } from '../../../jwt/guess-secret.ts';
import type { HmacSigned } from '../../../jwt/hmac.ts';
import type { TokenSummary } from '../../../jwt/index.ts';
import type { Related } from '../../../lint/finding.ts';
import { defineRule } from '../../../lint/rule.ts';
import { tokenTakers } from '../../token-takers.ts';
import { hasSigned } from '../../token-uses.ts';
import { summariesOf, type WorkspaceView } from '../../view.ts';

/** Tokens of one file whose secret is guessed: those of a long log have few issuers. */
const mostGuessed = 16;

export default defineRule<WorkspaceView>({
  id: 'jwt/weak-secret',
  severity: 'error',
  since: '0.1.0',
  *check(view) {
    for (const { file, summary } of summariesOf<readonly TokenSummary[]>(view, 'jwt')) {
      const tried = new Set<HmacSigned>();
      for (const token of summary) {
        if (!token.hmac || token.isSilent || (tried.size >= mostGuessed && !tried.has(token.hmac))) continue;
        tried.add(token.hmac);
        const guessed = guessSecret(token.hmac);
        const weak = guessed ? { why: words(guessed), related: [] } : weakSecretHere(view, token);
        if (!weak) continue;
        yield {
          file,
          span: token.signatureSpan,
          message: `The secret that signs this token is ${weak.why}, so others can sign tokens as any user. Have the issuer sign with a generated one, for instance from \`openssl rand -base64 48\`, and trust no token of the old one.`,
          related: weak.related,
          ...(token.inUse ? {} : { severity: 'information' as const }),
        };
      }
    }
  },
});

function words(guessed: GuessedSecret): string {
  return guessed.kind === 'empty' ? 'empty' : describeWeakness(guessed);
}

/** A secret that somebody here takes tokens with and that made this signature, if it is weak. */
function weakSecretHere(
  view: WorkspaceView,
  token: TokenSummary,
): { readonly why: string; readonly related: readonly Related[] } | undefined {
  for (const taker of tokenTakers(view)) {
    for (const key of taker.keys) {
      const weakness = key.secret === undefined ? undefined : weaknessOf(key.secret, { least: leastBytes(token.alg) });
      if (!weakness || !hasSigned({ ...taker, keys: [key] }, token)) continue;
      return {
        why: `that of ${taker.name}, which is ${describeWeakness(weakness)}`,
        related: [{ ...key.at, message: `The secret of ${taker.name} is set here.` }],
      };
    }
  }
  return undefined;
}
