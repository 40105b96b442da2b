// JavaScript counts milliseconds, tokens count seconds: written by hand, a token "expires" in fifty thousand years.
import { defineRule } from '../../lint/rule.ts';
import type { JwtModel } from '../model.ts';
import { numberClaim } from '../parser.ts';
import { largestPlausibleTime } from '../times.ts';
import { judged } from '../weight.ts';

const effects = {
  exp: 'so verifiers take it for the far future and the token never expires',
  nbf: 'so every verifier refuses the token as not yet valid',
  iat: 'so the token seems to be issued in the far future',
} as const;

/** What a number too large for seconds counts, up to the same year. */
const units = [
  [
    'counts milliseconds where seconds are meant',
    `Divide the time by 1000 when the token is made, for instance \`Math.floor(Date.now() / 1000)\``,
    largestPlausibleTime * 1e3,
  ],
  ['counts microseconds where seconds are meant', 'Divide the time by 1,000,000 when the token is made', largestPlausibleTime * 1e6],
  ['counts nanoseconds where seconds are meant', 'Write the time in seconds when the token is made', largestPlausibleTime * 1e9],
] as const;

const none = ['is too large for a time in seconds', 'Write the seconds since 1970'] as const;

export default defineRule<JwtModel>({
  id: 'jwt/time-in-milliseconds',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    for (const { token, severity } of judged(model)) {
      if (!token.payload) continue;
      for (const name of ['exp', 'nbf', 'iat'] as const) {
        const time = numberClaim(token, name) ?? 0;
        if (time <= largestPlausibleTime) continue;
        const [unit, advice] = units.find(([, , most]) => time <= most) ?? none;
        yield {
          span: token.payload.span,
          message: `\`${name}\` ${unit}, ${effects[name]}. ${advice}.`,
          ...severity,
        };
      }
    }
  },
});
