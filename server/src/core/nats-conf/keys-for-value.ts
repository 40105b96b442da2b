// Which option a key is likely to be whose value stands there already: what is in its braces, what it looks like, what is usual.
import { type BlockFact, findOption, formsFor, natsBlock, type OptionFact, type ValueForm } from '../facts/nats-options.ts';
import { typicalValues } from '../facts/nats-proposals.ts';
import type { Release } from '../facts/nats-release.ts';
import { type Caret, caretAt } from './caret.ts';
import type { Part } from './part.ts';

/** What stands behind a key. */
export interface ValueAhead {
  /** The rest of its line. */
  readonly text: string;
  /** Keys directly in its braces, or in those of its first item. */
  readonly keys: readonly string[];
}

/** `text` is that of the caret's file, and `parts` its parts. */
export function valueAhead({ word, ahead }: Pick<Caret, 'word' | 'ahead'>, text: string, parts: readonly Part[]): ValueAhead {
  const braces = /^\[?\s*\{/.exec(text.slice(text.indexOf(ahead, word.end), word.end + mostBetween));
  if (ahead === '' || !braces) return { text: ahead, keys: [] };
  const inside = text.indexOf('{', word.end) + 1;
  return { text: ahead, keys: caretAt(text, inside, parts).frames.at(-1)?.keys ?? [] };
}

/** Further away than so many characters no brace belongs to a key. */
const mostBetween = 200;

/** Kinds of values by how they begin, and formats that such a value mostly has. */
const beginnings: readonly {
  readonly pattern: RegExp;
  readonly kinds: readonly ValueForm['kind'][];
  readonly formats?: readonly string[];
}[] = [
  { pattern: /^\{/, kinds: ['block', 'map'] },
  { pattern: /^\[/, kinds: ['list'] },
  { pattern: /^["']?(?:\d+(?:\.\d+){3}|localhost|::)["']?\s*(?:[,;#}]|$)/, kinds: ['string'], formats: ['host'] },
  { pattern: /^["']?[a-z][a-z+-]*:\/\//, kinds: ['string'], formats: ['url', 'route-url', 'origin'] },
  { pattern: /^["']?[\w.-]*:-?\d+\b/, kinds: ['listen', 'string'], formats: ['address'] },
  { pattern: /^["']?\d+(?:ns|us|ms|s|m|h)\b/, kinds: ['duration'] },
  { pattern: /^["']?\d+%/, kinds: ['percent'] },
  { pattern: /^-?\d/, kinds: ['integer', 'number', 'size', 'duration', 'listen', 'percent'] },
  { pattern: /^(?:true|false|yes|no|on|off)\b/i, kinds: ['boolean'] },
  { pattern: /^["']?(?:\.{0,2}\/|[\w-]+\/)/, kinds: ['string'], formats: ['file', 'directory', 'jwt'] },
  { pattern: /^["']?[UAXN][A-Z2-7]{55}\b/, kinds: ['string'], formats: ['user-nkey', 'account-nkey', 'curve-nkey', 'account', 'nkey'] },
  { pattern: /^["']?[$\w-]*\.[\w.*>]/, kinds: ['string'], formats: ['subject'] },
  { pattern: /^["'\w/.$@]/, kinds: ['string', 'enum', 'listen', 'duration', 'size', 'anything'] },
];

/** How well a value that stands there fits an option of a block; 0 where it cannot have it. */
export function fitOf(value: ValueAhead, owner: BlockFact, option: OptionFact | undefined, version: Release): number {
  const beginning = beginnings.find(({ pattern }) => pattern.test(value.text));
  if (!beginning) return 1;
  const forms = option ? formsFor(option.forms, version) : [];
  if (!option || !forms.some(({ kind }) => beginning.kinds.includes(kind))) return 0;
  if (value.keys.length > 0) return 1 + shareKnown(value.keys, forms);
  const [, written] = /^["']?([^\s"',;}]+)/.exec(value.text) ?? [];
  if (written === undefined || beginning.kinds.includes('boolean')) return 1;
  const isUsual = written === option.default || typicalValues(owner.name, option.key).includes(written);
  const isOfFormat = option.format !== undefined && (beginning.formats?.includes(option.format) ?? false);
  return 1 + (isUsual ? 1 : 0) + (isOfFormat ? 1 : 0) + shareNamed(written, option);
}

/** A variable is mostly called after the option that it is for: `$NATS_SERVER_NAME`. How much of its name that is. */
function shareNamed(written: string, { key, aliases }: OptionFact): number {
  if (!/^[$@]/.test(written)) return 0;
  const named = [key, ...aliases].filter(spelling => written.toLowerCase().includes(spelling));
  return Math.max(0, ...named.map(spelling => spelling.length)) / written.length;
}

/** How many of some keys are options of a block that the value may be; half of what is possible for a map that takes any key. */
function shareKnown(keys: readonly string[], forms: readonly ValueForm[]): number {
  const all = forms.flatMap(form => (form.kind === 'list' ? form.of : [form]));
  const shares = all.map(form => {
    if (form.kind === 'map') return 0.5;
    if (form.kind !== 'block') return 0;
    const fact = natsBlock(form.block);
    return keys.filter(key => findOption(fact, key) !== undefined).length / keys.length;
  });
  return Math.max(0, ...shares);
}
