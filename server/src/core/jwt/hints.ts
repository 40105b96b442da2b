// Behind each token: how long it still counts, in words that change as time passes.
import type { Hint } from '../language.ts';
import { overlaps, type Span } from '../text/span.ts';
import { validity } from './hover.ts';
import type { JwtModel } from './model.ts';
import { numberClaim, type Token } from './parser.ts';
import { largestPlausibleTime, relativeTime } from './times.ts';

/** Milliseconds after which words are looked at again, while they count minutes and while they count more. */
const [soon, later] = [60_000, 3_600_000];

/** Milliseconds within which words count minutes. */
const minutesCount = 2 * 3_600_000;

/** Those of the tokens in `span`, in order. `now` in milliseconds since the epoch. */
export function expiryHints({ tokens }: JwtModel, span: Span, now: number): readonly Hint[] {
  return tokens.flatMap(token => (overlaps(token.span, span) ? (expiryHint(token, now) ?? []) : []));
}

function expiryHint(token: Token, now: number): Hint | undefined {
  const [exp, nbf] = [numberClaim(token, 'exp'), numberClaim(token, 'nbf')].map(time =>
    time !== undefined && Math.abs(time) <= largestPlausibleTime ? time : undefined,
  );
  const pending = nbf !== undefined && nbf * 1000 > now;
  const time = pending ? nbf : exp;
  if (time === undefined) return undefined;
  const label = `${pending ? 'valid' : time * 1000 > now ? 'expires' : 'expired'} ${roughly(time, now)}`;
  const distance = time * 1000 - now;
  const next = now + (Math.abs(distance) < minutesCount ? soon : later);
  return {
    offset: token.span.end,
    label,
    tooltip: `This ${token.kind.words} ${validity(token, now).join(', ')}.`,
    until: distance > 0 ? Math.min(next, time * 1000) : next,
  };
}

/** As `relativeTime`, without seconds: nobody wants to see them count. */
function roughly(time: number, now: number): string {
  const distance = time * 1000 - now;
  if (distance <= 0 && distance > -soon) return 'just now';
  return distance > 0 && distance < 2 * soon ? 'in less than 2 minutes' : relativeTime(time, now);
}
