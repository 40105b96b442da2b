// How a value of the wrong kind would be written right, where what was meant is beyond doubt.
import type { OptionFact, ValueForm } from '../facts/nats-options.ts';
import { formatSeconds, parseDuration } from './duration.ts';
import { quoted } from './source-edits.ts';
import type { EvaluatedValue } from './values.ts';

/** The right text for a value, or undefined. `written` is the value as it stands in the file. */
export function convertedValue(
  value: EvaluatedValue,
  forms: readonly ValueForm[],
  option: OptionFact,
  written: string,
): string | undefined {
  for (const form of forms) {
    if (form.warns) continue;
    const converted = convertTo(form, value, option, written);
    if (converted !== undefined) return converted;
  }
  return undefined;
}

function convertTo(form: ValueForm, value: EvaluatedValue, option: OptionFact, written: string): string | undefined {
  switch (form.kind) {
    case 'integer':
    case 'number':
    case 'size':
      return value.kind === 'string' ? integerText(value.value, option) : undefined;
    case 'boolean':
      return booleanText(value);
    case 'string':
      return isScalar(value) && !meaningful.has(option.format ?? '') ? quoted(written) : undefined;
    case 'duration':
      return value.kind === 'integer' || value.kind === 'float' ? durationText(value, written) : undefined;
    case 'list':
      return form.of.some(item => item.kind === value.kind || (item.kind === 'block' && value.kind === 'map'))
        ? `[ ${written} ]`
        : undefined;
    default:
      return undefined;
  }
}

/** Formats of strings that no number or date can have: quotes alone would not make them right. */
const meaningful = new Set([
  'jwt',
  'url',
  'route-url',
  'nkey',
  'user-nkey',
  'account-nkey',
  'operator-nkey',
  'curve-nkey',
  'user-seed',
  'resolver',
  'version',
  'sha256',
  'cipher-suite',
  'curve',
  'cert-store',
  'connection-type',
]);

function isScalar({ kind }: EvaluatedValue): boolean {
  return kind === 'integer' || kind === 'float' || kind === 'boolean' || kind === 'datetime';
}

/** `"8 MB"` is 8MB; a number of seconds may have been written as a duration. */
function integerText(text: string, { unit }: OptionFact): string | undefined {
  const trimmed = text.trim();
  if (/^-?\d+$/.test(trimmed)) return trimmed;
  const size = /^(\d+(?:\.\d+)?)\s*([kmgtpe])(i?b)?$/i.exec(trimmed);
  if (size && unit === 'bytes') return sizeText(size[1] as string, (size[2] as string).toUpperCase(), size[3] !== undefined);
  const nanoseconds = unit === 'seconds' ? parseDuration(trimmed) : undefined;
  return nanoseconds !== undefined && nanoseconds % 1e9 === 0 ? String(nanoseconds / 1e9) : undefined;
}

/** `1.5` `M` → `1536KB`: nats-server takes no fractions. */
function sizeText(amount: string, unit: string, binary: boolean): string | undefined {
  if (!amount.includes('.')) return `${amount}${unit}${binary ? 'B' : ''}`;
  const smaller = 'KMGTPE'['KMGTPE'.indexOf(unit) - 1];
  const value = Number(amount) * (binary ? 1024 : 1000);
  return smaller && Number.isInteger(value) ? `${value}${smaller}${binary ? 'B' : ''}` : undefined;
}

function booleanText(value: EvaluatedValue): string | undefined {
  if (value.kind === 'string') {
    if (/^(true|yes|on|enabled?|1)$/i.test(value.value)) return 'true';
    if (/^(false|no|off|disabled?|0)$/i.test(value.value)) return 'false';
  }
  if (value.kind === 'integer' && (value.value === 0 || value.value === 1)) return value.value === 1 ? 'true' : 'false';
  return undefined;
}

/** The server reads `2m` without quotes as two million; whoever wrote a letter meant the duration. Plain numbers are seconds. */
function durationText(value: EvaluatedValue, written: string): string | undefined {
  if (value.kind === 'integer' && value.node.suffix) return /^-?\d+[mMhHsS]$/.test(written) ? `"${written.toLowerCase()}"` : undefined;
  if (value.kind === 'integer') return `"${formatSeconds(value.value)}"`;
  return value.kind === 'float' ? `"${value.value}s"` : undefined;
}
