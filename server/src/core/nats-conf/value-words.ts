// Sizes, times and subjects in words, as people say them.

const sizes: readonly (readonly [factor: number, unit: string])[] = [
  [1024 ** 4, 'TiB'],
  [1024 ** 3, 'GiB'],
  [1024 ** 2, 'MiB'],
  [1024, 'KiB'],
];

/** `8388608` is "8 MiB (8388608 bytes)"; what is no round number of a unit is rounded to two digits and says so. */
export function sizeInWords(bytes: number): string {
  const [factor, unit] = sizes.find(([size]) => Math.abs(bytes) >= size) ?? [1, ''];
  if (factor === 1) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  const amount = bytes / factor;
  const rounded = Math.round(amount * 100) / 100;
  return `${rounded === amount ? '' : 'about '}${rounded} ${unit} (${bytes} bytes)`;
}

const times: readonly (readonly [nanoseconds: number, unit: string])[] = [
  [3600e9, 'hour'],
  [60e9, 'minute'],
  [1e9, 'second'],
  [1e6, 'millisecond'],
  [1e3, 'microsecond'],
  [1, 'nanosecond'],
];

/** `5400e9` nanoseconds are "1 hour 30 minutes". */
export function durationInWords(nanoseconds: number): string {
  if (nanoseconds === 0) return '0 seconds';
  const words: string[] = [];
  let rest = Math.abs(nanoseconds);
  for (const [size, unit] of times) {
    const amount = Math.floor(rest / size);
    if (amount === 0) continue;
    rest -= amount * size;
    words.push(`${amount} ${unit}${amount === 1 ? '' : 's'}`);
  }
  return `${nanoseconds < 0 ? 'minus ' : ''}${words.join(' ')}`;
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
