// Issuers are compared letter for letter: a slash, and the gateway refuses every token.
import { issuerAdvice } from '../../../jwt/advice.ts';
import { closest, firstDifference } from '../../../jwt/first-difference.ts';
import { defineRule } from '../../../lint/rule.ts';
import { isNearIssuer } from '../../near-issuer.ts';
import type { Demanded } from '../../token-takers.ts';
import { type TokenUse, takersInWords, tokenUses, tokenUsesInSteps } from '../../token-uses.ts';
import type { WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'jwt/issuer-mismatch',
  severity: 'warning',
  since: '0.1.0',
  prepare: tokenUsesInSteps,
  *check(view) {
    for (const use of tokenUses(view)) {
      const { file, token, takers, severity } = use;
      const { iss } = token;
      if (
        token.claimsSpan === undefined ||
        !takers.every(({ issuers }) => issuers.length > 0 && !issuers.some(({ value }) => value === iss))
      )
        continue;
      const expected = takers.flatMap(({ issuers }) => issuers);
      if (!isSure(use, expected)) continue;
      const wanted = closest(
        iss ?? '',
        expected.map(({ value }) => value),
      );
      const who = takersInWords(takers);
      yield {
        file,
        span: token.claimsSpan,
        message:
          iss === undefined
            ? `This token names no issuer (\`iss\`), and ${who} takes tokens of "${wanted}" only. ${issuerAdvice(iss)}`
            : `This token is of the issuer "${iss}", and ${who} takes "${wanted}" only: ${firstDifference(iss, wanted)}. ${issuerAdvice(iss)}`,
        related: expected
          .filter(({ value }) => value === wanted)
          .slice(0, 1)
          .map(({ at }) => ({ ...at, message: `${takers[0]?.name} expects this issuer.`.replace(/^the/, 'The') })),
        ...severity,
      };
    }
  },
});

/** Tokens of several issuers are normal in one workspace, so what the token is used with must be told by more than its own neighbourhood. */
function isSure({ by, token: { iss } }: TokenUse, expected: readonly Demanded[]): boolean {
  if (by === 'address' || by === 'signature') return true;
  if (iss === undefined) return false;
  return by === 'audience' || expected.some(({ value }) => isNearIssuer(iss, value));
}
