// A part of a configuration that means the same wherever it moves: an account, or an entry of a list of users. While somebody types
// elsewhere, it is not read, evaluated and judged again.
import { commonEnds } from '../text/equal-ends.ts';
import type { FileId } from '../text/file-id.ts';
import type { Span } from '../text/span.ts';
import type { Indexer } from './block-index.ts';
import type { Block } from './blocks.ts';
import type { MapNode } from './tree.ts';
import type { EvaluatedMap } from './values.ts';
import type { Home } from './word-nodes.ts';

const noComments: readonly Span[] = [];
const noParts: readonly Part[] = [];

/** Every span inside of a part is relative to its anchor, or to that of a part inside of it. */
export class Part {
  readonly kind: 'account' | 'user';
  readonly anchor: Home;
  /** From `{` to `}`. */
  length = 0;
  node: MapNode | undefined;
  /** Whether there is nothing to say about its syntax, as far as it was read in each way: as the server does, or looking for what was meant. */
  readonly cleanIn = { strict: false, tolerant: false };
  /** Comments inside. */
  comments = noComments;
  /** Those inside of this one, in the order of the text. */
  parts = noParts;
  /** What it evaluates to, where that is the same whatever stands around it. */
  value: EvaluatedMap | undefined;
  block: Block | undefined;
  /** What occurs in its block. */
  index: Indexer | undefined;
  /** The edition of the file that its block was made for, or in which something that it may depend on was changed. */
  made = 0;
  /** Whether something that was said about it is about other places too, which do not move with it: it is judged in each edition. */
  isRestless = false;
  /** The edition that it was seen in last: a variable may bring one part to several places. */
  seen = 0;

  constructor(kind: 'account' | 'user', offset: number, file: FileId) {
    this.kind = kind;
    this.anchor = { offset, file, isPart: true };
  }

  get start(): number {
    return this.anchor.offset;
  }

  get end(): number {
    return this.anchor.offset + this.length;
  }
}

/** A text that was read before, with the parts that were found in it, in the order of the text. */
export interface PartsOfText {
  readonly text: string;
  readonly parts: readonly Part[];
}

/** A part of an earlier version, at a place of a later one where it is written as it was. */
export interface EarlierPart {
  readonly part: Part;
  /** Moves it there, with all that is in it. */
  settle(): void;
}

/** Finds parts of an earlier version of a text in a later one. */
export class EarlierParts {
  /** Outer before inner. */
  readonly #parts: Part[] = [];
  /** Where they were. */
  readonly #starts: readonly number[];
  readonly #prefix: number;
  /** Where what is the same at the end begins, in the earlier version and in the later. */
  readonly #suffix: { readonly before: number; readonly after: number };

  constructor(before: PartsOfText, text: string) {
    const add = (part: Part): void => {
      this.#parts.push(part);
      for (const inner of part.parts) add(inner);
    };
    for (const part of before.parts) add(part);
    this.#starts = this.#parts.map(({ start }) => start);
    const { prefix, suffix } = commonEnds(before.text, text);
    this.#prefix = prefix;
    this.#suffix = { before: before.text.length - suffix, after: text.length - suffix };
  }

  /** The part that begins at an offset of the later version. */
  find(kind: Part['kind'], offset: number): EarlierPart | undefined {
    const inPrefix = offset < this.#prefix;
    const { before, after } = this.#suffix;
    if (!inPrefix && offset < after) return undefined;
    const by = inPrefix ? 0 : after - before;
    const at = indexAt(this.#starts, offset - by, start => start);
    const part = this.#starts[at] === offset - by ? this.#parts[at] : undefined;
    if (part?.kind !== kind || (inPrefix && offset + part.length > this.#prefix)) return undefined;
    return part.cleanIn.strict || part.cleanIn.tolerant ? { part, settle: () => this.#settle(at, offset + part.length, by) } : undefined;
  }

  #settle(first: number, end: number, by: number): void {
    for (let at = first; at < this.#parts.length && (this.#starts[at] as number) + by < end; at++) {
      (this.#parts[at] as Part).anchor.offset = (this.#starts[at] as number) + by;
    }
  }

  /** Moves everything back, to read the later version in another way. */
  putBack(): void {
    this.#settle(0, Number.POSITIVE_INFINITY, 0);
  }
}

/** Index of the last of some things in the order of the text that does not begin behind a place; -1 for none. */
function indexAt<Item>(items: readonly Item[], place: number, startOf: (item: Item) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(items[middle] as Item) <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The parts around a place, outer before inner. */
export function partsAround(parts: readonly Part[], { start, end }: Span): readonly Part[] {
  const part = parts[indexAt(parts, start, one => one.start)];
  return part && end <= part.end ? [part, ...partsAround(part.parts, { start, end })] : [];
}
