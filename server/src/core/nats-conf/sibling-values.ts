// Values as others of the same kind have them, in the words of this one: users, accounts and members of a cluster differ by their names, and
// by little else. What differs in what is there already says how one is called where the other has its name.
import { directoryOf, nameOf } from '../text/file-id.ts';
import { remember } from '../text/remember.ts';
import { touches } from '../text/span.ts';
import type { Block } from './blocks.ts';
import { blocksAround } from './blocks-around.ts';
import { type NatsConf, secretFormats } from './model.ts';
import { secretTextsOf } from './secret-texts.ts';
import { isSecretText, unique, withoutCredentials } from './seen-values.ts';
import type { Slot } from './slots.ts';
import type { Standpoint } from './standpoint.ts';
import type { EvaluatedValue } from './values.ts';

/** A text that something alike may have too, by where it stands. */
interface Placed {
  /** Options and indexes from the thing itself on: `permissions.publish.0`. */
  readonly path: string;
  readonly text: string;
  /** A name of the thing itself, which is another one in each. */
  readonly isName: boolean;
}

/** More are not read: those near to the place, half of them on each side, are the likest. */
const mostSiblings = 8;
const mostTexts = 200;

export interface SiblingValues {
  /** Best first; without what its own list holds already. */
  readonly values: readonly string[];
  /** What they were made of: it bears the names of others. */
  readonly theirs: ReadonlySet<string>;
}

export const noSiblings: SiblingValues = { values: [], theirs: new Set() };

export function siblingValues(here: Standpoint, slot: Slot, offset: number, neighbours: readonly NatsConf[]): SiblingValues {
  const scores = new Map<string, number>();
  const theirs = new Set<string>();
  for (const { own, others } of alikeAround(here, offset, neighbours)) {
    const path = own.pathAt(offset, slot.option.key);
    if (path === undefined) continue;
    const list = path.replace(/\.\d+$/, '');
    const isInPlace = (one: Placed) => one.path === path || one.path.replace(/\.\d+$/, '') === list;
    const given = new Set(own.texts.filter(isInPlace).map(({ text }) => text));
    for (const texts of others) {
      const renamings = renamingsBetween(own.texts, texts);
      if (renamings.length === 0) continue;
      for (const one of texts) {
        if (!isInPlace(one)) continue;
        const renamed = renamings.reduce(exchanged, one.text);
        if (renamed === one.text) continue;
        theirs.add(one.text);
        if (given.has(renamed)) continue;
        scores.set(renamed, (scores.get(renamed) ?? 0) + (one.path === path ? 2 : 1));
      }
    }
  }
  return { values: [...scores].sort(([, a], [, b]) => b - a).map(([text]) => text), theirs };
}

// --- What is alike ---

interface Alike {
  readonly own: Thing;
  /** Texts of others, the nearest first. */
  readonly others: readonly (readonly Placed[])[];
}

/** Kinds of blocks of which there are many, each with names of its own. */
const kinds: ReadonlySet<string> = new Set(['user', 'account', 'leafnode_user', 'leafnode_remote', 'remote_gateway']);

/** The things around a place that have others beside them, the innermost first; the whole configuration beside those of its neighbours is the last. */
function alikeAround(here: Standpoint, offset: number, neighbours: readonly NatsConf[]): readonly Alike[] {
  const { whole } = here;
  const around = blocksAround(here, offset).filter(({ fact }) => kinds.has(fact.name));
  const within = around.map(block => {
    const same = whole.index.byName.get(block.fact.name) ?? [];
    const at = same.indexOf(block);
    const others: Block[] = [];
    for (let step = 1; step <= mostSiblings / 2; step++) others.push(...[same[at - step] ?? [], same[at + step] ?? []].flat());
    return { own: new Thing(block), others: others.map(textsOf) };
  });
  const root = { own: new Thing(whole.root, namesOfFile(whole)), others: neighbours.slice(0, mostSiblings).map(textsOfConf) };
  return [...within, root];
}

const textsOf = remember((block: Block): readonly Placed[] => new Thing(block).texts);
const textsOfConf = remember((conf: NatsConf): readonly Placed[] => {
  const secrets = secretTextsOf(conf, unique);
  return new Thing(conf.root, namesOfFile(conf)).texts.filter(({ text }) => !secrets.has(text));
});

/** Files of servers that belong together are named after them. */
function namesOfFile({ file }: NatsConf): readonly Placed[] {
  return [nameOf(file).replace(/\.\w+$/, ''), nameOf(directoryOf(file))].map((text, i) => ({ path: `file.${i}`, text, isName: true }));
}

const nameOptions: ReadonlySet<string> = new Set(['server.server_name', 'user.user', 'leafnode_user.user', 'remote_gateway.name']);

/** A block with the texts in it. Secrets are left out; by which variable one comes is a text. */
class Thing {
  readonly texts: Placed[];
  readonly #lists: { readonly path: string; readonly key: string; readonly value: EvaluatedValue }[] = [];

  constructor(block: Block, names: readonly Placed[] = []) {
    this.texts = [...names];
    if (block.name) this.texts.push({ path: 'name', text: block.name.key, isName: true });
    this.#block(block, '');
  }

  /** Where a value of an option stands that is being written, or will be. */
  pathAt(offset: number, key: string): string | undefined {
    const found = this.#lists.find(one => one.key === key && touches(one.value.at.span, offset));
    if (found?.value.kind !== 'array') return found?.path;
    const before = found.value.items.filter(item => item.at.span.end < offset).length;
    return `${found.path}.${before}`;
  }

  #block(block: Block, path: string): void {
    for (const { option, value, blocks } of block.settings) {
      if (this.texts.length >= mostTexts) return;
      const inside = `${path}${option.key}`;
      const isSecret = option.format !== undefined && secretFormats.has(option.format);
      if (isSecret || value.kind === 'unknown') {
        if (value.via) this.texts.push({ path: inside, text: value.via.name, isName: true });
      } else if (blocks.length === 0) {
        this.#lists.push({ path: inside, key: option.key, value });
        this.#value(value, inside, nameOptions.has(`${block.fact.name}.${option.key}`));
      } else if (!blocks.some(({ fact }) => kinds.has(fact.name))) {
        for (const [i, child] of blocks.entries()) this.#block(child, `${inside}.${i}.`);
      }
    }
  }

  #value(value: EvaluatedValue, path: string, isName: boolean): void {
    if (value.kind === 'string' && !isSecretText(value.value)) this.texts.push({ path, text: withoutCredentials(value.value), isName });
    else if (value.kind === 'array') for (const [i, item] of value.items.entries()) this.#value(item, `${path}.${i}`, false);
  }
}

// --- What one is called where the other has its name ---

interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** Words of the other that stand for words of this one, as far as most of what they both have agrees. */
function renamingsBetween(own: readonly Placed[], other: readonly Placed[]): readonly Renaming[] {
  const theirs = new Map(other.map(one => [one.path, one]));
  const votes = new Map<string, Renaming & { count: number }>();
  let pairs = 0;
  for (const { path, text, isName } of own) {
    const pair = theirs.get(path);
    const found = pair && pair.text !== text ? differenceOf(pair.text, text) : undefined;
    if (!found) continue;
    pairs++;
    const key = `${found.from.toLowerCase()} ${found.to.toLowerCase()}`;
    const known = votes.get(key) ?? { ...found, count: 0 };
    known.count += isName ? 3 : 1;
    votes.set(key, known);
  }
  const best = [...votes.values()].filter(({ count }) => count >= 2 || count * 2 >= pairs).sort((a, b) => b.count - a.count);
  const from = new Set<string>();
  return best.filter(one => !from.has(one.from.toLowerCase()) && from.add(one.from.toLowerCase()));
}

/** The words in which two texts differ, if those stand together and something is a word of each: `a2a.rpc.n1` and `a2a.rpc.n2` do in `n1` and `n2`. */
function differenceOf(theirs: string, own: string): Renaming | undefined {
  const [a, b] = [theirs, own].map(text => [...text.matchAll(/[A-Za-z0-9]+/g)]) as [RegExpMatchArray[], RegExpMatchArray[]];
  const word = (words: RegExpMatchArray[], i: number) => words[i]?.[0].toLowerCase();
  const least = Math.min(a.length, b.length);
  let start = 0;
  while (start < least && word(a, start) === word(b, start)) start++;
  let same = 0;
  while (same < least - start && word(a, a.length - 1 - same) === word(b, b.length - 1 - same)) same++;
  // A number alone is no name: what stands in front of it belongs to it.
  const run = (text: string, words: RegExpMatchArray[]) => {
    const [first, last] = [words[start], words[words.length - 1 - same]];
    return first && last && first.index !== undefined && last.index !== undefined
      ? text.slice(first.index, last.index + last[0].length)
      : '';
  };
  let [from, to] = [run(theirs, a), run(own, b)];
  while (start > 0 && !(/[A-Za-z]/.test(from) && /[A-Za-z]/.test(to))) {
    start--;
    [from, to] = [run(theirs, a), run(own, b)];
  }
  return /[A-Za-z]/.test(from) && /[A-Za-z]/.test(to) ? { from, to } : undefined;
}

/** The text with a word for another one, in capitals where that was; what it says of this one is said of the other here. */
function exchanged(text: string, { from, to }: Renaming): string {
  const [theirs, own] = [from, to].map(word => word.replace(/[^A-Za-z0-9]/g, '\\$&'));
  return text.replace(new RegExp(`(?<![A-Za-z0-9])(?:${theirs}|${own})(?![A-Za-z0-9])`, 'gi'), found => {
    const isTheirs = found.toLowerCase() === from.toLowerCase();
    const word = isTheirs ? to : from;
    if (found === (isTheirs ? from : to)) return word;
    return found === found.toUpperCase() ? word.toUpperCase() : found === found.toLowerCase() ? word.toLowerCase() : word;
  });
}
