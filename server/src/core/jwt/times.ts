// Times in words: "2 days ago", "in 12 minutes", and the same moment in UTC.

const units: readonly [name: string, seconds: number, from: number][] = [
  ['year', 365.25 * 86400, 2 * 365.25 * 86400],
  ['month', 30.4375 * 86400, 120 * 86400],
  ['day', 86400, 2 * 86400],
  ['hour', 3600, 2 * 3600],
  ['minute', 60, 120],
  ['second', 1, 0],
];

/** "2 days", "90 minutes"; `seconds` is not negative. A unit is used from two of it on (months from four), so that little is lost by rounding down. */
export function durationInWords(seconds: number): string {
  const [name, size] = (units.find(unit => seconds >= unit[2]) ?? units[units.length - 1]) as (typeof units)[number];
  // Calendar years and months differ by a little: five years are five, also with one leap day too few.
  const count = Math.floor(seconds / size + 0.02);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** "2 days ago", "in 12 minutes" or "just now". `time` in seconds, `now` in milliseconds since the epoch. */
export function relativeTime(time: number, now: number): string {
  const seconds = time - now / 1000;
  if (Math.abs(seconds) < 1) return 'just now';
  return seconds > 0 ? `in ${durationInWords(seconds)}` : `${durationInWords(-seconds)} ago`;
}

/** `2026-01-01 12:00:00 UTC`; undefined outside of the years that a date can have. `time` in seconds since the epoch. */
export function utcTime(time: number): string | undefined {
  const date = new Date(time * 1000);
  if (Number.isNaN(date.getTime())) return undefined;
  return `${date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '')} UTC`;
}

/** Seconds since the epoch above which a number is no time in seconds but one in milliseconds: the year 5138. */
export const largestPlausibleTime = 1e11;

/** Seconds by which verifiers let clocks differ. */
export const clockTolerance = 60;

/** Seconds since the epoch below which an expiry is none: nobody issued tokens in the 1970s. */
const leastPlausibleTime = 3e8;

/** What is wrong with an expiry that lies in the 1970s, in a sentence; undefined for others. `exp` in seconds since the epoch. */
export function durationAdvice(exp: number): string | undefined {
  if (exp <= 0 || exp >= leastPlausibleTime) return undefined;
  return '`exp` seems to say how long the token lasts, where it must say when it ends: have the issuer write the time of issue plus that.';
}
