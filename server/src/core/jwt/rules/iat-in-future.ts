// An issue time that has not come shows a clock that runs ahead, or a token made by hand; some verifiers refuse it.
import { defineRule } from '../../lint/rule.ts';
import type { JwtModel } from '../model.ts';
import { numberClaim } from '../parser.ts';
import { clockTolerance, largestPlausibleTime, relativeTime, utcTime } from '../times.ts';
import { judged } from '../weight.ts';

export default defineRule<JwtModel>({
  id: 'jwt/iat-in-future',
  severity: 'warning',
  since: '0.1.0',
  *check(model, { now, recheckAt }) {
    for (const { token, severity } of judged(model)) {
      const iat = numberClaim(token, 'iat');
      if (iat === undefined || iat > largestPlausibleTime || !token.payload) continue;
      const plausible = (iat - clockTolerance) * 1000;
      if (plausible <= now) continue;
      recheckAt(plausible);
      yield {
        span: token.payload.span,
        message: `This token says that it will be issued ${relativeTime(iat, now)} (${utcTime(iat)}), so a clock is wrong or it was made by hand, and some verifiers refuse it. Set the issuer's clock, and have it write UTC.`,
        ...severity,
      };
    }
  },
});
