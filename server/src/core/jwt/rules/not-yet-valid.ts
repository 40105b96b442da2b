// A token whose time has not come is refused like an expired one, usually because a clock or a time zone is wrong.
import { defineRule } from '../../lint/rule.ts';
import { nameOfToken } from '../kind.ts';
import type { JwtModel } from '../model.ts';
import { numberClaim } from '../parser.ts';
import { clockTolerance, largestPlausibleTime, relativeTime, utcTime } from '../times.ts';
import { judged } from '../weight.ts';

export default defineRule<JwtModel>({
  id: 'jwt/not-yet-valid',
  severity: 'error',
  since: '0.1.0',
  *check(model, { now, recheckAt }) {
    for (const { token, severity } of judged(model)) {
      const nbf = numberClaim(token, 'nbf');
      if (nbf === undefined || nbf > largestPlausibleTime || !token.payload) continue;
      const accepted = (nbf - clockTolerance) * 1000;
      if (accepted <= now) continue;
      recheckAt(accepted);
      yield {
        span: token.payload.span,
        message: `This ${nameOfToken(token.kind)} becomes valid ${relativeTime(nbf, now)} (${utcTime(nbf)}), so every verifier refuses it until then. If that is not on purpose, correct the issuer's clock or its \`nbf\` claim.`,
        ...severity,
      };
    }
  },
});
