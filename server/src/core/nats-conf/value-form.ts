// Whether one value has a form that an option takes. Lists and maps are taken apart by `blocks.ts`; here their parts are judged.
import type { OptionFact, ValueForm } from '../facts/nats-options.ts';
import type { Release } from '../facts/nats-release.ts';
import { listenProblem, parseInteger } from './address.ts';
import { parseDuration } from './duration.ts';
import type { EvaluatedValue } from './values.ts';

/**
 * `type`: no form takes a value of this kind. `value`: one does, but not with this content. `range`: a number outside of its limits.
 * `warns`: the server goes on, but `nats-server -t` refuses.
 */
export interface Misfit {
  readonly kind: 'type' | 'value' | 'range' | 'warns';
  readonly value: EvaluatedValue;
  /** Forms that would be right. */
  readonly forms: readonly ValueForm[];
  /** First releases that take the value as it is; undefined where none does. */
  readonly since: readonly Release[] | undefined;
}

/**
 * What is wrong with a value that is no list or map of a known structure; undefined when nothing is. `own` are the forms that the target
 * server takes, `all` those of any release.
 */
export function misfitOf(
  value: EvaluatedValue,
  all: readonly ValueForm[],
  own: readonly ValueForm[],
  option: OptionFact,
): Misfit | undefined {
  let worst: Misfit['kind'] = 'type';
  for (let i = 0; i < own.length; i++) {
    const fit = fitOf(value, own[i] as ValueForm, option);
    if (fit === 'fits') return undefined;
    if (fit === 'warns') worst = 'warns';
    else if (fit !== 'type' && worst === 'type') worst = fit;
  }
  const newer = worst === 'type' ? all.find(form => form.since && fitsNewer(value, form, option)) : undefined;
  return { kind: worst, value, forms: own, since: newer?.since };
}

type Fit = 'fits' | Misfit['kind'];

function fitsNewer(value: EvaluatedValue, form: ValueForm, option: OptionFact): boolean {
  if (form.kind === 'list') return value.kind === 'array';
  if (form.kind === 'block' || form.kind === 'map') return value.kind === 'map';
  return fitOf(value, form, option) === 'fits';
}

function fitOf(value: EvaluatedValue, form: ValueForm, option: OptionFact): Fit {
  if (form.warns && (form.kind === 'anything' || form.kind === value.kind)) return 'warns';
  switch (form.kind) {
    case 'anything':
      return 'fits';
    case 'integer':
      return value.kind === 'integer' ? rangeOf(value.value, option) : 'type';
    case 'number':
      return value.kind === 'integer' || value.kind === 'float' ? rangeOf(value.value, option) : 'type';
    case 'boolean':
      return value.kind === 'boolean' ? 'fits' : 'type';
    case 'size':
      if (value.kind === 'integer') return rangeOf(value.value, option);
      return textFit(value, text => (sizeOf(text) === undefined ? 'value' : 'fits'));
    case 'listen':
      return value.kind === 'integer' ? 'fits' : textFit(value, text => (listenProblem(text) ? 'value' : 'fits'));
    case 'string':
      return value.kind === 'string' ? 'fits' : 'type';
    case 'duration':
      return textFit(value, text => {
        const nanoseconds = parseDuration(text);
        return nanoseconds === undefined ? 'value' : rangeOf(nanoseconds / 1e9, option);
      });
    case 'percent':
      return textFit(value, text => {
        const percent = parseInteger(text.replace(/%$/, ''));
        return percent === undefined ? 'value' : rangeOf(percent, option);
      });
    case 'enum':
      return textFit(value, text => (isOneOf(text, form.values, form.exact) ? 'fits' : 'value'));
    default:
      return 'type';
  }
}

function isOneOf(text: string, values: readonly string[], exact: boolean): boolean {
  return values.includes(text) || (!exact && values.some(known => known.toLowerCase() === text.toLowerCase()));
}

function textFit(value: EvaluatedValue, judge: (text: string) => Fit): Fit {
  return value.kind === 'string' ? judge(value.value) : 'type';
}

/** Limits of durations are in seconds. */
function rangeOf(value: number, { min, max }: OptionFact): Fit {
  return (min !== undefined && value < min) || (max !== undefined && value > max) ? 'range' : 'fits';
}

const sizeUnits: Readonly<Record<string, number>> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** Bytes of a size that is written as a string, which some JetStream options take: `"10G"`. The empty string is 0. */
export function sizeOf(text: string): number | undefined {
  if (text === '') return 0;
  const unit = sizeUnits[text.slice(-1)];
  const amount = parseInteger(text.slice(0, -1));
  return unit === undefined || amount === undefined ? undefined : amount * unit;
}
