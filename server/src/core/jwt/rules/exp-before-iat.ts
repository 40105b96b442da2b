// A token that ends before it begins was never valid: a lifetime was subtracted, or two units were mixed.
import { defineRule } from '../../lint/rule.ts';
import type { JwtModel } from '../model.ts';
import { numberClaim } from '../parser.ts';
import { largestPlausibleTime } from '../times.ts';
import { judged } from '../weight.ts';

export default defineRule<JwtModel>({
  id: 'jwt/exp-before-iat',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    for (const { token, severity } of judged(model)) {
      const exp = numberClaim(token, 'exp');
      if (exp === undefined || !token.payload) continue;
      // A start in milliseconds is a mistake of its own.
      const start = (['nbf', 'iat'] as const).find(
        name => (numberClaim(token, name) ?? exp) > exp && (numberClaim(token, name) as number) <= largestPlausibleTime,
      );
      if (!start) continue;
      yield {
        span: token.payload.span,
        message: `\`exp\` is before \`${start}\`, so this token was never valid. Correct how the issuer computes the lifetime: \`exp\` is \`iat\` plus seconds.`,
        ...severity,
      };
    }
  },
});
