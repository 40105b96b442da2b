// Kinds of values in words, for messages and hovers.
import type { BlockFact, ValueForm } from '../facts/nats-options.ts';
import type { EvaluatedValue } from './values.ts';

/** What a value is: "a string", "the number 5" is never said, since it might be a secret. */
export function kindInWords(value: EvaluatedValue): string {
  switch (value.kind) {
    case 'string':
      return 'a string';
    case 'integer':
      return 'a whole number';
    case 'float':
      return 'a number with a decimal point';
    case 'boolean':
      return 'a yes-or-no value';
    case 'datetime':
      return 'a date';
    case 'array':
      return 'a list';
    case 'map':
      return 'a block';
    case 'unknown':
      return 'an unknown value';
  }
}

/** What an option takes: "a whole number or a string such as "10G"". */
export function formsInWords(forms: readonly ValueForm[]): string {
  const words = [...new Set(forms.filter(form => !form.warns && form.kind !== 'anything').map(formInWords))];
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}

function formInWords(form: ValueForm): string {
  switch (form.kind) {
    case 'string':
      return 'a string';
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'duration':
      return 'a duration such as "10s"';
    case 'size':
      return 'a size such as 10GB';
    case 'listen':
      return 'a port or "host:port"';
    case 'percent':
      return 'a percentage such as "50%"';
    case 'enum':
      return `one of ${form.values
        .filter(value => value !== '')
        .map(value => `"${value}"`)
        .join(', ')}`;
    case 'block':
      return 'a block in braces';
    case 'map':
      return 'a map in braces';
    case 'list':
      return form.of.some(item => item.kind === 'block') ? 'a list of blocks' : 'a list of strings';
    case 'anything':
      return 'anything';
    case 'nothing':
      return 'nothing at all';
  }
}

/** Where a key stands: "at the top level", "in a `cluster` block". */
export function whereOf(block: BlockFact): string {
  return block.name === 'server' ? 'at the top level' : `in ${block.title}`;
}
