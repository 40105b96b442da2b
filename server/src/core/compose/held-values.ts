// What Compose reads out of a text that its schema takes as any: a size, a duration, a number in quotes. As the Go packages do that it uses:
// docker/go-units, xhit/go-str2duration and strconv.
import type { Holding } from '../facts/compose-schema.ts';
import { nearest } from '../lint/nearest.ts';

/** What is wrong with a text, as the rest of a sentence about its field, and what to write. */
export interface Misreading {
  readonly takes: string;
  readonly advice: string;
  readonly instead?: string | undefined;
}

const readings: Record<Holding, { readonly isRead: (text: string) => boolean; readonly takes: string; readonly advice: string }> = {
  size: {
    isRead: isSize,
    takes: 'a size',
    advice: 'Write a number with `b`, `k`, `m`, `g` or `t` right behind it, such as `512m`.',
  },
  duration: {
    isRead: isDuration,
    takes: 'a duration',
    advice: 'Write numbers with units right behind them, such as `30s`, `1m30s` or `2d`.',
  },
  integer: { isRead: isInteger, takes: 'a whole number', advice: 'Write digits alone.' },
  natural: {
    isRead: text => isInteger(text) && !/^-0*[1-9]/.test(text),
    takes: 'a whole number that is not negative',
    advice: 'Write digits alone.',
  },
  number: { isRead: isNumber, takes: 'a number', advice: 'Write digits, with a point if need be.' },
  count: {
    isRead: text => text.toLowerCase() === 'all' || isInteger(text),
    takes: 'a whole number or `all`',
    advice: 'Write one of them.',
  },
  mode: { isRead: text => /^[+-]?[0-7]{1,20}$/.test(text), takes: 'an octal number', advice: 'Write digits from 0 to 7, such as `0440`.' },
  text: { isRead: () => true, takes: 'text', advice: 'Quote it to pass it as text.' },
};

/** What Compose cannot read in the text of a field; undefined where it can. */
export function misreadingOf(text: string, holding: Holding): Misreading | undefined {
  const { isRead, takes, advice } = readings[holding];
  if (isRead(text)) return undefined;
  return { takes, advice, instead: holding === 'duration' ? durationFor(text) : holding === 'size' ? sizeFor(text) : undefined };
}

function isInteger(text: string): boolean {
  return /^[+-]?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text.replace('+', ''))) === BigInt(text.replace('+', ''));
}

/** Hexadecimal numbers, underscores and infinity are Go's own; whoever writes them is believed. */
function isNumber(text: string): boolean {
  return /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|0x[\da-f_.p+-]+|inf|infinity|nan)$/i.test(text);
}

/** A number of bytes, in which one blank may stand before the unit. Negative ones are read only without a unit. */
function isSize(text: string): boolean {
  if (isInteger(text)) return true;
  const match = /^(.*[\d.]) ?(?:b|[kmgtp](?:i?b)?)?$/is.exec(text);
  return match !== null && isNumber(match[1] as string) && !/^-.*[1-9]/.test(text);
}

function isDuration(text: string): boolean {
  return /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|\u00B5s|\u03BCs|ms|s|m|h|d|w))+)$/.test(text);
}

const unitsOfTime = ['seconds', 'minutes', 'hours', 'days', 'weeks', 'milliseconds'];
const shortUnits = new Map([
  ...['s', 'sec', 'secs', 'second', 'seconds'].map(word => [word, 's'] as const),
  ...['m', 'min', 'mins', 'minute', 'minutes'].map(word => [word, 'm'] as const),
  ...['h', 'hr', 'hrs', 'hour', 'hours'].map(word => [word, 'h'] as const),
  ...['d', 'day', 'days'].map(word => [word, 'd'] as const),
  ...['w', 'week', 'weeks'].map(word => [word, 'w'] as const),
  ...['ms', 'millisecond', 'milliseconds'].map(word => [word, 'ms'] as const),
]);

/** `5 minutes` is meant as `5m`. A bare number is not guessed at: seconds or milliseconds, people mean both. */
function durationFor(text: string): string | undefined {
  const [, number, word = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]+)\.?$/i.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const unit = shortUnits.get(word.toLowerCase()) ?? shortUnits.get(nearest(word.toLowerCase(), new Set(unitsOfTime)) ?? '');
  return unit && `${number}${unit}`;
}

/** `2  GB` and `512 megabytes` are meant as `2g` and `512m`. */
function sizeFor(text: string): string | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([kmgt])(?:i?b?|(?:ilo|ega|iga|era|ibi|ebi)?(?:byte)?s?)$/i.exec(text.trim()) ?? [];
  return number && unit && `${number}${unit.toLowerCase()}`;
}
