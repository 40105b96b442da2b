// An expired token is refused everywhere, and what it was for fails at the moment it is needed.
import { defineRule } from '../../lint/rule.ts';
import { nameOfToken } from '../kind.ts';
import type { JwtModel } from '../model.ts';
import { numberClaim } from '../parser.ts';
import { durationAdvice, largestPlausibleTime, relativeTime, utcTime } from '../times.ts';
import { judged } from '../weight.ts';

export default defineRule<JwtModel>({
  id: 'jwt/expired',
  severity: 'error',
  since: '0.1.0',
  *check(model, { now, recheckAt }) {
    for (const { token, mild } of judged(model)) {
      const exp = numberClaim(token, 'exp');
      if (exp === undefined || exp > largestPlausibleTime || !token.payload) continue;
      if (exp * 1000 > now) {
        recheckAt(exp * 1000);
        continue;
      }
      const utc = utcTime(exp);
      const shown = mild || model.fileKind === 'log';
      // nats-server reads an operator without looking at its times.
      const isOperator = token.kind.id === 'nats-operator';
      const advice = shown
        ? 'Where it is only shown, that is fine; where it is used, put a new one.'
        : 'Get a new one from whoever issued it, or remove it.';
      yield {
        span: token.payload.span,
        message: `This ${nameOfToken(token.kind)} expired ${relativeTime(exp, now)}${utc ? ` (${utc})` : ''}, so ${isOperator ? 'nsc and other tools refuse it, while nats-server goes on trusting it' : 'every verifier refuses it'}. ${durationAdvice(exp) ?? advice}`,
        // A log tells what was used once, so that an old token in it is no mistake by itself.
        ...(shown ? { severity: 'information' as const } : isOperator ? { severity: 'warning' as const } : {}),
      };
    }
  },
});
