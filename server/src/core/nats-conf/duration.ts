// Durations as Go writes them (`1h30m`, `300ms`), which is how nats-server reads every duration.

/** Nanoseconds in each unit. */
const units: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Nanoseconds, negative ones too; undefined for a text that the server does not take: every number but 0 needs a unit, and days are none. */
export function parseDuration(text: string): number | undefined {
  const sign = text[0] === '-' ? -1 : 1;
  const rest = /^[-+]/.test(text) ? text.slice(1) : text;
  if (rest === '0') return 0;
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)[^\d.]+)+$/.test(rest)) return undefined;
  let total = 0;
  for (const [, amount, unit] of rest.matchAll(/([\d.]+)([^\d.]+)/g)) {
    const size = units[unit as string];
    if (size === undefined) return undefined;
    total += Number(amount) * size;
  }
  return total > 2 ** 63 ? undefined : sign * total;
}

/** The shortest way to write some seconds: `90` is `1m30s`. */
export function formatSeconds(seconds: number): string {
  if (!Number.isInteger(seconds) || seconds < 60) return `${seconds}s`;
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${hours ? `${hours}h` : ''}${minutes ? `${minutes}m` : ''}${rest ? `${rest}s` : ''}`;
}
