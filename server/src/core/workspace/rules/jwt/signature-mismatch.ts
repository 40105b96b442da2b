// A token that the secret or key of its gateway did not sign: "invalid signature".
import { type HmacSigned, isSignedWithBytes } from '../../../jwt/hmac.ts';
import { otherReadings } from '../../../jwt/secret-readings.ts';
import { defineRule } from '../../../lint/rule.ts';
import { type TokenTaker, takesAlgorithm } from '../../token-takers.ts';
import { hasSigned, hasSignedByKey, type TokenUse, takersInWords, tokenUses, tokenUsesInSteps } from '../../token-uses.ts';
import type { WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'jwt/signature-mismatch',
  severity: 'warning',
  since: '0.1.0',
  prepare: tokenUsesInSteps,
  *check(view) {
    for (const use of tokenUses(view)) {
      const { file, token, takers, severity } = use;
      if (!takers.every(taker => isRefusing(taker, use))) continue;
      const what = token.hmac ? 'secret' : 'key';
      yield {
        file,
        span: token.signatureSpan,
        message: `The signature of this token ${token.hmac ? secretWords(token.hmac, takers) : keyWords(takers)}`,
        related: takers
          .slice(0, 3)
          .flatMap(({ keys, name }) => keys.slice(0, 1).map(({ at }) => ({ ...at, message: `The ${what} of ${name} is set here.` }))),
        ...severity,
      };
    }
  },
});

/** Whether all that it checks signatures with is known here, and none of it fits. */
function isRefusing(taker: TokenTaker, { token, keySigned }: TokenUse): boolean {
  const { keys } = taker;
  if (takesAlgorithm(taker, token.alg ?? '') !== true) return false;
  if (token.hmac) return keys.every(({ secret }) => secret !== undefined && secret !== '') && !hasSigned(taker, token);
  return keySigned !== undefined && keys.every(({ publicKeys }) => publicKeys !== undefined) && !hasSignedByKey(taker, keySigned);
}

function secretWords(hmac: HmacSigned, takers: readonly TokenTaker[]): string {
  const taker = takers[0] as TokenTaker;
  const reading = readingThatFits(
    hmac,
    taker.keys.flatMap(({ secret }) => secret ?? []),
  );
  return reading
    ? `fits the secret of ${taker.name} only when that is ${reading}, and issuer and gateway must read it alike. Let whoever signs take the text of the secret as it is written.`
    : `was not made with the secret of ${takersInWords(takers)}, so the token is refused as "invalid signature". Sign a new token with that secret, or give both sides the same one; if the token was copied, copy it again as a whole.`;
}

function keyWords(takers: readonly TokenTaker[]): string {
  return `was not made by the holder of the key of ${takersInWords(takers)}, so the token is refused as "invalid signature". Use a token of the issuer that this key belongs to, or put the key of the right issuer there; if the token was copied, copy it again as a whole.`;
}

function readingThatFits(hmac: HmacSigned, secrets: readonly string[]): string | undefined {
  for (const secret of secrets) {
    for (const { words, bytes } of otherReadings(secret)) if (isSignedWithBytes(hmac, bytes)) return words;
  }
  return undefined;
}
