// Parts of the header are demands or offers to the verifier, and attackers write them too.
import { defineRule } from '../../lint/rule.ts';
import { headerDangers } from '../header-dangers.ts';
import type { JwtModel } from '../model.ts';
import { judged } from '../weight.ts';

export default defineRule<JwtModel>({
  id: 'jwt/dangerous-header',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    for (const { token, severity } of judged(model)) {
      for (const { why, advice, fatal } of headerDangers(token)) {
        yield { span: token.header.span, message: `${why}. ${advice}.`, ...(fatal ? { severity: 'error' as const } : {}), ...severity };
      }
    }
  },
});
