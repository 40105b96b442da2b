// A token for another audience: the gateway refuses it, since it would otherwise take what was meant for somebody else.
import { audienceAdvice } from '../../../jwt/advice.ts';
import { closest, firstDifference } from '../../../jwt/first-difference.ts';
import { defineRule } from '../../../lint/rule.ts';
import { difference } from '../../near-misses.ts';
import { type TokenUse, takersInWords, tokenUses, tokenUsesInSteps } from '../../token-uses.ts';
import type { WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'jwt/audience-mismatch',
  severity: 'warning',
  since: '0.1.0',
  prepare: tokenUsesInSteps,
  *check(view) {
    for (const use of tokenUses(view)) {
      const { file, token, takers, severity } = use;
      const { aud } = token;
      const isRefused = takers.every(({ audiences }) => audiences.length > 0 && !audiences.some(({ value }) => aud.includes(value)));
      if (token.claimsSpan === undefined || !isRefused || !isSure(use)) continue;
      const expected = takers.flatMap(({ audiences }) => audiences);
      const values = expected.map(({ value }) => value);
      const named = aud.find(one => values.some(value => difference(one, value))) ?? aud[0];
      const wanted = closest(named ?? '', values);
      const who = takersInWords(takers);
      const advice = audienceAdvice(token.purpose);
      yield {
        file,
        span: token.claimsSpan,
        message:
          named === undefined
            ? `This token names no audience (\`aud\`), and ${who} takes tokens for "${wanted}" only. ${advice}`
            : `This token is for "${named}", and ${who} takes tokens for "${wanted}" only: ${firstDifference(named, wanted)}. ${advice}`,
        related: expected
          .filter(({ value }) => value === wanted)
          .slice(0, 1)
          .map(({ at }) => ({ ...at, message: 'This audience is expected.' })),
        ...severity,
      };
    }
  },
});

/** Audiences differ between services on purpose, so that one of several, or a token without one, says nothing unless it is sent there. */
function isSure({ by, takers, token: { aud } }: TokenUse): boolean {
  if (by === 'address' || by === 'signature') return true;
  if (aud.length === 0) return false;
  const isNear = takers.some(({ audiences }) => audiences.some(({ value }) => aud.some(one => difference(one, value) !== undefined)));
  return isNear || (by === 'issuer' && new Set(takers.map(({ name }) => name)).size === 1);
}
