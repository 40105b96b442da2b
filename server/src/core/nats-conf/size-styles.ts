// Sizes are proposed as the author of a configuration writes them: `1GB`, `1G`, `1Gb` or all the digits.
import { touches } from '../text/span.ts';
import type { Standpoint } from './standpoint.ts';
import type { EvaluatedValue } from './values.ts';

/** Digits, unit, and what stands behind the unit. */
const pattern = /^(\d+)([kmgt])(i?b?)$/i;
const factors: Readonly<Record<string, number>> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };
/** Where nothing shows the author's way, so many are proposed in one way and then in the other too. */
const mostBoth = 5;
/** Sizes in the author's way that come before the commonest in other ways. */
const mostOwn = 6;

/** Sizes such as `1GB`, written like the size that is nearest to an offset of the standpoint's file; `otherwise` is what else is usual. */
export function sizesInStyle(
  { own, whole }: Standpoint,
  offset: number,
  sizes: readonly string[],
  otherwise: '1G' | '1073741824',
): readonly string[] {
  let [nearest, style]: [number, string | undefined] = [Number.POSITIVE_INFINITY, undefined];
  for (const settings of whole.index.byOption.values()) {
    if (settings[0]?.option.unit !== 'bytes') continue;
    for (const { value } of settings) {
      const text = textOf(value);
      const isOwn = value.at.file === own.file;
      if (text === undefined || !isSize(text) || (isOwn && touches(value.at.span, offset))) continue;
      const distance = isOwn ? Math.abs(value.at.span.start - offset) : Number.MAX_SAFE_INTEGER;
      if (distance < nearest) [nearest, style] = [distance, text];
    }
  }
  if (style !== undefined) {
    const own = sizes.map(size => writtenLike(style as string, size));
    const commonest = sizes.slice(0, 2);
    // Not everybody keeps to one way.
    const others = [...commonest, ...commonest.map(size => writtenLike(otherwise, size))];
    return [...new Set([...own.slice(0, mostOwn), ...others, ...own.slice(mostOwn)])];
  }
  const first = sizes.slice(0, mostBoth);
  return [...first, ...first.map(size => writtenLike(otherwise, size)), ...sizes.slice(mostBoth)];
}

function textOf(value: EvaluatedValue): string | undefined {
  if (value.kind === 'string') return value.value;
  return value.kind === 'integer' ? value.node.source : undefined;
}

/** Small numbers are counted in bytes by everybody. */
function isSize(text: string): boolean {
  return pattern.test(text) || /^\d{5,}$/.test(text);
}

/** A size such as `4KB` with all its digits. */
export function inDigits(size: string): string {
  return writtenLike('0', size);
}

function writtenLike(style: string, size: string): string {
  const [, count = '', unit = ''] = pattern.exec(size) ?? [];
  if (count === '') return size;
  const [, , letter, tail = ''] = pattern.exec(style) ?? [];
  if (letter === undefined) return String(Number(count) * (factors[unit.toUpperCase()] as number));
  return `${count}${letter === letter.toLowerCase() ? unit.toLowerCase() : unit.toUpperCase()}${tail}`;
}
