// The longer a token lives, the longer a copy of it opens doors; access is meant to be renewed.
import { defineRule } from '../../lint/rule.ts';
import { nameOfToken } from '../kind.ts';
import type { JwtModel } from '../model.ts';
import { numberClaim } from '../parser.ts';
import { durationInWords, largestPlausibleTime } from '../times.ts';
import { issued } from '../weight.ts';

const day = 86400;

/** Seconds that a token of a kind may live; `any` is for tokens that do not say what they are for. */
const limits = { access: day, id: day, any: 366 * day } as const;

export default defineRule<JwtModel>({
  id: 'jwt/long-lived',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    for (const token of issued(model)) {
      const { purpose } = token.kind;
      const exp = numberClaim(token, 'exp');
      const start = numberClaim(token, 'iat') ?? numberClaim(token, 'nbf');
      if (!token.payload || purpose === 'nats' || exp === undefined || start === undefined || exp > largestPlausibleTime) continue;
      const limit = purpose === 'access' || purpose === 'id' ? limits[purpose] : limits.any;
      if (exp - start <= limit) continue;
      // Keys of this kind are made to last, and their products have no others.
      const isKey = purpose === 'service';
      const advice = isKey
        ? 'Its product issues such keys to last: keep it where it is needed only, and replace it when it leaks.'
        : 'Have it issued for minutes or hours, and renewed by a refresh token or client credentials.';
      yield {
        span: token.payload.span,
        message: `This ${nameOfToken(token.kind)} lives for ${durationInWords(exp - start)}, so a leaked copy works as long. ${advice}`,
        ...(isKey ? { severity: 'information' as const } : {}),
      };
    }
  },
});
