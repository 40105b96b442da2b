// Sizes, times and subjects in words, as people say them.

const sizes: readonly (readonly [factor: number, unit: string])[] = [
  [1024 ** 4, 'TiB'],
  [1024 ** 3, 'GiB'],
  [1024 ** 2, 'MiB'],
  [1024, 'KiB'],
];

/** `8388608` is "8 MiB (8388608 bytes)"; what is no round number of a unit is rounded to two digits and says so. */
export function sizeInWords(bytes: number): string {
  const size = sizeInUnit(bytes);
  if (!size) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return `${size.isExact ? '' : 'about '}${size.text} (${bytes} bytes)`;
}

/** Bytes in the largest unit that they fill, with at most two digits behind the point; undefined below 1 KiB. */
export function sizeInUnit(bytes: number): { readonly text: string; readonly isExact: boolean } | undefined {
  const found = sizes.find(([size]) => Math.abs(bytes) >= size);
  if (!found) return undefined;
  const amount = bytes / found[0];
  const rounded = Math.round(amount * 100) / 100;
  return { text: `${rounded} ${found[1]}`, isExact: rounded === amount };
}

const times: readonly (readonly [nanoseconds: number, unit: string, sign: string])[] = [
  [3600e9, 'hour', 'h'],
  [60e9, 'minute', 'min'],
  [1e9, 'second', 's'],
  [1e6, 'millisecond', 'ms'],
  [1e3, 'microsecond', 'µs'],
  [1, 'nanosecond', 'ns'],
];

/** `5400e9` nanoseconds are "1 hour 30 minutes". */
export function durationInWords(nanoseconds: number): string {
  if (nanoseconds === 0) return '0 seconds';
  const words = partsOf(nanoseconds).map(({ amount, unit }) => `${amount} ${unit}${amount === 1 ? '' : 's'}`);
  return `${nanoseconds < 0 ? 'minus ' : ''}${words.join(' ')}`;
}

/** The same with the signs of the units: "1 h 30 min". */
export function shortDuration(nanoseconds: number): string {
  return partsOf(nanoseconds)
    .map(({ amount, sign }) => `${amount} ${sign}`)
    .join(' ');
}

function partsOf(nanoseconds: number): { readonly amount: number; readonly unit: string; readonly sign: string }[] {
  const parts: { amount: number; unit: string; sign: string }[] = [];
  let rest = Math.abs(nanoseconds);
  for (const [size, unit, sign] of times) {
    const amount = Math.floor(rest / size);
    if (amount === 0) continue;
    rest -= amount * size;
    parts.push({ amount, unit, sign });
  }
  return parts;
}

/** What a valid pattern matches: "every subject that begins with `a.`". */
export function subjectInWords(subject: string): string {
  const tokens = subject.split('.');
  if (!tokens.some(token => token === '*' || token === '>')) return `only the subject \`${subject}\``;
  if (subject === '>') return 'every subject';
  const open = tokens.at(-1) === '>';
  const fixed = open ? tokens.slice(0, -1) : tokens;
  const stars = fixed.filter(token => token === '*').length;
  if (open && stars === 0) return `every subject that begins with \`${fixed.join('.')}.\` and has at least one more token`;
  const any = stars === 1 ? 'any one token for `*`' : 'any one token for each `*`';
  if (open) return `every subject that begins like \`${fixed.join('.')}.\`, with ${any}, and has at least one more token`;
  return `subjects of exactly ${tokens.length} token${tokens.length === 1 ? '' : 's'} like \`${subject}\`, with ${any}`;
}
