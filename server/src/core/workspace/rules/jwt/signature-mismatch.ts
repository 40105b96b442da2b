// A token that the secret of its gateway did not sign: "invalid signature". Signatures of key pairs are not tried while somebody types;
// `authlint token` and "Check Token…" do that on request.
import { isSignedWithBytes } from '../../../jwt/hmac.ts';
import { otherReadings } from '../../../jwt/secret-readings.ts';
import { defineRule } from '../../../lint/rule.ts';
import { type TokenTaker, takesAlgorithm } from '../../token-takers.ts';
import { hasSigned, type TokenUse, takersInWords, tokenUses } from '../../token-uses.ts';
import type { WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'jwt/signature-mismatch',
  severity: 'warning',
  since: '0.1.0',
  *check(view) {
    for (const { file, token, takers, severity } of tokenUses(view)) {
      if (!token.hmac || !takers.every(taker => isRefusing(taker, token))) continue;
      const taker = takers[0] as TokenTaker;
      const secrets = taker.keys.flatMap(({ secret }) => secret ?? []);
      const reading = readingThatFits(token.hmac, secrets);
      const why = reading
        ? `fits the secret of ${taker.name} only when that is ${reading}, and issuer and gateway must read it alike`
        : `was not made with the secret of ${takersInWords(takers)}, so the token is refused as "invalid signature"`;
      const advice = reading
        ? 'Let whoever signs take the text of the secret as it is written.'
        : 'Sign a new token with that secret, or give both sides the same one; if the token was copied, copy it again as a whole.';
      yield {
        file,
        span: token.signatureSpan,
        message: `The signature of this token ${why}. ${advice}`,
        related: takers
          .slice(0, 3)
          .flatMap(({ keys, name }) => keys.slice(0, 1).map(({ at }) => ({ ...at, message: `The secret of ${name} is set here.` }))),
        ...severity,
      };
    }
  },
});

/** Whether all that it checks signatures with is known here, and none of it fits. */
function isRefusing(taker: TokenTaker, token: TokenUse['token']): boolean {
  const { keys } = taker;
  return (
    keys.every(({ secret }) => secret !== undefined && secret !== '') &&
    takesAlgorithm(taker, token.alg ?? '') === true &&
    !hasSigned(taker, token)
  );
}

function readingThatFits(hmac: NonNullable<TokenUse['token']['hmac']>, secrets: readonly string[]): string | undefined {
  for (const secret of secrets) {
    for (const { words, bytes } of otherReadings(secret)) if (isSignedWithBytes(hmac, bytes)) return words;
  }
  return undefined;
}
