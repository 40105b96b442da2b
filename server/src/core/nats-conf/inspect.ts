// The configuration as plain data, for `authlint inspect`.
import type { EvaluatedValue } from './values.ts';

export type PlainValue = string | number | boolean | PlainValue[] | { [key: string]: PlainValue };

/** A few lines of variables can stand for billions of values; nobody reads more than this. */
const mostValues = 200_000;

/**
 * What the server holds: maps, arrays, strings, integers (suffixes applied) and floats as numbers, booleans; dates as written.
 * A variable that cannot be known here stays `$NAME`.
 */
export function inspectValue(value: EvaluatedValue): PlainValue {
  return plain(value, { left: mostValues });
}

function plain(value: EvaluatedValue, budget: { left: number }): PlainValue {
  budget.left--;
  switch (value.kind) {
    case 'string':
    case 'integer':
    case 'float':
    case 'boolean':
      return value.value;
    case 'datetime':
      return value.node.source;
    case 'array':
      return budget.left < 0 ? '…' : value.items.map(item => plain(item, budget));
    case 'map': {
      if (budget.left < 0) return '…';
      // `fromEntries` keeps a key such as `__proto__` as a plain property.
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry.value, budget)]));
    }
    case 'unknown':
      return value.via ? `$${value.via.name}` : '';
  }
}
