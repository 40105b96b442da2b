// Plain YAML scalars as Compose's own YAML reader (go-yaml) types and prints them: `1.10` reaches the container as 1.1, `017` as 15,
// a date as a long timestamp. An environment variable is what this prints, not what was written.

export type ScalarType = 'string' | 'int' | 'float' | 'bool' | 'null' | 'timestamp';

export interface GoScalar {
  readonly type: ScalarType;
  /** As Go prints the value; empty for null. */
  readonly text: string;
}

const words: ReadonlyMap<string, GoScalar> = new Map<string, GoScalar>([
  ...['true', 'True', 'TRUE'].map(word => [word, { type: 'bool', text: 'true' }] as const),
  ...['false', 'False', 'FALSE'].map(word => [word, { type: 'bool', text: 'false' }] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map(word => [word, { type: 'null', text: '' }] as const),
  ...['.nan', '.NaN', '.NAN'].map(word => [word, { type: 'float', text: 'NaN' }] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(word => [word, { type: 'float', text: '+Inf' }] as const),
  ...['-.inf', '-.Inf', '-.INF'].map(word => [word, { type: 'float', text: '-Inf' }] as const),
  ...['-0', '-0.0'].map(word => [word, { type: 'float', text: '-0' }] as const),
]);

/** Types and prints a plain (unquoted) scalar without a tag. */
export function resolvePlain(source: string): GoScalar {
  const word = words.get(source);
  if (word) return word;
  const first = source.charCodeAt(0);
  const digit = first >= 48 && first <= 57;
  if (first === 46) {
    if (/^\.\d+(?:[eE][-+]?\d+)?$/.test(source)) return { type: 'float', text: printFloat(Number(source)) };
  } else if (digit || first === 43 || first === 45) {
    return (digit ? readTimestamp(source) : undefined) ?? readNumber(source.replaceAll('_', '')) ?? { type: 'string', text: source };
  }
  return { type: 'string', text: source };
}

/** Applies an explicit core tag; undefined for other tags, which leave the text as it stands. */
export function resolveTagged(tag: string, source: string): GoScalar | undefined {
  const name = tag.replace(/^(?:!!|tag:yaml\.org,2002:)/, '');
  if (name === 'str') return { type: 'string', text: source };
  const plain = resolvePlain(source);
  if (name === 'float' && plain.type === 'int') return { type: 'float', text: printFloat(Number(plain.text)) };
  return ['int', 'float', 'bool', 'null', 'timestamp'].includes(name) ? plain : undefined;
}

const largestSigned = 2n ** 63n - 1n;
const smallestSigned = -(2n ** 63n);
const largestUnsigned = 2n ** 64n - 1n;

function readNumber(plain: string): GoScalar | undefined {
  const integer = readInteger(plain);
  if (integer !== undefined) return { type: 'int', text: integer.toString() };
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(plain)) {
    const value = Number(plain);
    // Go's ParseFloat refuses what overflows; the text then stays a string.
    return Number.isFinite(value) ? { type: 'float', text: printFloat(value) } : undefined;
  }
  return undefined;
}

function readInteger(plain: string): bigint | undefined {
  const match = /^([-+]?)(?:0[xX]([\da-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/.exec(plain);
  if (!match) return undefined;
  const magnitude = match[2]
    ? BigInt(`0x${match[2]}`)
    : match[3]
      ? BigInt(`0b${match[3]}`)
      : match[4]
        ? BigInt(`0o${match[4]}`)
        : BigInt(match[5] as string);
  const value = match[1] === '-' ? -magnitude : magnitude;
  const fits = value >= smallestSigned && value <= largestSigned;
  return fits || (match[1] === '' && value <= largestUnsigned) ? value : undefined;
}

/** As Go's `%v`: shortest digits, with an exponent from 1e+06 on and below 1e-04. */
function printFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const match = /^(-?)(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(value.toExponential()) as RegExpExecArray;
  const [, sign, first, rest = '', power] = match as unknown as [string, string, string, string | undefined, string];
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 6)
    return `${sign}${first}${rest ? `.${rest}` : ''}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  const digits = first + rest;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, '0');
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

const timestamp =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d{1,9})?(Z|[-+]\d\d:\d\d))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d{1,9})?))?$/;

/** Dates print as Go's `time.Time` does. */
function readTimestamp(source: string): GoScalar | undefined {
  const match = timestamp.exec(source);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const clock = [match[4] ?? match[9] ?? '0', match[5] ?? match[10] ?? '0', match[6] ?? match[11] ?? '0'].map(Number) as [
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month) || clock[0] > 23 || clock[1] > 59 || clock[2] > 59) return undefined;
  const two = (value: number) => String(value).padStart(2, '0');
  const fraction = (match[7] ?? match[12] ?? '').replace(/\.?0*$/, '');
  const zone = match[8];
  const shift =
    zone === undefined || zone === 'Z' || zone.endsWith('00:00') ? '+0000 UTC' : `${zone.replace(':', '')} ${zone.replace(':', '')}`;
  return { type: 'timestamp', text: `${match[1]}-${two(month)}-${two(day)} ${clock.map(two).join(':')}${fraction} ${shift}` };
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
