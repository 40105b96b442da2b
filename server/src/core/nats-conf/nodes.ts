// Keys, maps and lists as they are written. Where nothing but itself decides what a map means (see `MapNode.isPlain`), it is also the value
// that it evaluates to, with the keys as its entries, and the block with the settings that it becomes: one object where there were three.
import type { BlockFact, OptionFact } from '../facts/nats-options.ts';
import type { Span } from '../text/span.ts';
import type { Block, Setting } from './blocks.ts';
import type { Part } from './part.ts';
import type { ArrayNode, Entry, KeyValue, MapNode, Separator, ValueNode } from './tree.ts';
import type { Misfit } from './value-form.ts';
import type { EvaluatedEntry, EvaluatedMap, EvaluatedValue, Place } from './values.ts';
import { type Home, Node, spanIn } from './word-nodes.ts';

const noValue: ValueNode = { kind: 'missing', span: { start: 0, end: 0 }, lost: false };
const noSettings: readonly Setting[] = [];
const noEntries: readonly EvaluatedEntry[] = [];
export const noMisfits: readonly Misfit[] = [];
export const noBlocks: readonly Block[] = [];

/** A key, and the value that it waits for while it is read. */
export class Pair implements KeyValue, Omit<EvaluatedEntry, 'value'> {
  readonly kind = 'pair';
  readonly key: string;
  readonly keyQuote: KeyValue['keyQuote'];
  value = noValue;
  garbled: boolean;
  separator: Separator = 'space';
  readonly home: Home;
  /** Offsets behind the home, as are all that follow. */
  readonly start: number;
  /** Without its quote. */
  readonly keyStart: number;
  separatorAt = -1;
  end = -1;
  // What it is as a setting, where its map is a block.
  block: Block | undefined = undefined;
  option: OptionFact | undefined = undefined;
  available = true;
  misfits = noMisfits;
  blocks = noBlocks;

  constructor(key: string, keyStart: number, keyQuote: KeyValue['keyQuote'], start: number, home: Home, garbled = false) {
    this.key = key;
    this.keyQuote = keyQuote;
    this.garbled = garbled;
    this.home = home;
    this.start = start - home.offset;
    this.keyStart = keyStart - home.offset;
  }

  get keySpan(): Span {
    return spanIn(this.home, this.keyStart, this.keyStart + this.key.length);
  }

  get separatorSpan(): Span | undefined {
    return this.separator === 'space' ? undefined : spanIn(this.home, this.separatorAt, this.separatorAt + 1);
  }

  get span(): Span {
    return spanIn(this.home, this.start, this.end);
  }

  /** Writes down its `:` or `=`. */
  separate(separator: 'colon' | 'equal', offset: number): void {
    this.separator = separator;
    this.separatorAt = offset - this.home.offset;
  }

  /** The value, or another one in its place. */
  take(value: ValueNode): void {
    this.value = value;
    const end = (value instanceof Node ? value.end : value.span.end) - this.home.offset;
    this.end = Math.max(end, this.separator === 'space' ? this.keyStart + this.key.length : this.separatorAt + 1);
  }

  /** Becomes a setting of a block. */
  become(block: Block, option: OptionFact, available: boolean): Setting {
    this.block = block;
    this.option = option;
    this.available = available;
    return this as Pair | Setting as Setting;
  }

  get node(): this {
    return this;
  }

  get entry(): this {
    return this;
  }

  get keyAt(): Place {
    return { file: this.home.file, span: this.keySpan };
  }

  get usedAsVariable(): boolean {
    return false;
  }

  get displaced(): boolean {
    return false;
  }

  get replaces(): readonly EvaluatedEntry[] {
    return noEntries;
  }
}

/** `{ … }`. */
export class Braces extends Node implements MapNode, Omit<EvaluatedMap, 'node'> {
  readonly kind = 'map';
  readonly home: Home;
  readonly from: number;
  readonly to: number;
  readonly statements: readonly Entry[];
  readonly part: Part | undefined;
  readonly isClosed: boolean;
  readonly isPlain: boolean;
  #entries: Map<string, EvaluatedEntry> | undefined = undefined;
  // What it is as a block of options.
  fact: BlockFact | undefined = undefined;
  setting: Setting | undefined = undefined;
  name: EvaluatedEntry | undefined = undefined;
  settings = noSettings;
  unknown = noEntries;
  repeats = false;

  constructor(statements: readonly Entry[], home: Home, start: number, end: number, part: Part | undefined, isClosed: boolean) {
    super();
    this.home = home;
    this.from = start - home.offset;
    this.to = end - home.offset;
    this.statements = statements;
    this.part = part;
    this.isClosed = isClosed;
    this.isPlain = arePlain(statements);
  }

  get open(): Span {
    return spanIn(this.home, this.from, this.from + 1);
  }

  get close(): Span | undefined {
    return this.isClosed ? spanIn(this.home, this.to - 1, this.to) : undefined;
  }

  get incomplete(): boolean {
    return false;
  }

  /** Only where it is plain. */
  get list(): readonly EvaluatedEntry[] {
    return this.statements as readonly Entry[] as readonly unknown[] as readonly EvaluatedEntry[];
  }

  get entries(): ReadonlyMap<string, EvaluatedEntry> {
    this.#entries ??= new Map(this.list.map(entry => [entry.key, entry]));
    return this.#entries;
  }

  get map(): this {
    return this;
  }

  /** Becomes a block; undefined for what is one already, or would not be the same everywhere. */
  become(fact: BlockFact, setting: Setting | undefined, name: EvaluatedEntry | undefined): this | undefined {
    if (this.fact || !this.isPlain) return undefined;
    this.fact = fact;
    this.setting = setting;
    this.name = name;
    return this;
  }
}

/** `[ … ]`. */
export class Brackets extends Node implements ArrayNode {
  readonly kind = 'array';
  readonly home: Home;
  readonly from: number;
  readonly to: number;
  readonly items: readonly ValueNode[];
  readonly isClosed: boolean;
  readonly isPlain: boolean;

  constructor(items: readonly ValueNode[], home: Home, start: number, end: number, isClosed: boolean) {
    super();
    this.home = home;
    this.from = start - home.offset;
    this.to = end - home.offset;
    this.items = items;
    this.isClosed = isClosed;
    let areAllPlain = true;
    for (let i = 0; i < items.length && areAllPlain; i++) areAllPlain = isPlain(items[i] as ValueNode);
    this.isPlain = areAllPlain;
  }

  get open(): Span {
    return spanIn(this.home, this.from, this.from + 1);
  }

  get close(): Span | undefined {
    return this.isClosed ? spanIn(this.home, this.to - 1, this.to) : undefined;
  }
}

/** Whether a value means the same wherever it stands. */
function isPlain(value: ValueNode): boolean {
  switch (value.kind) {
    case 'map':
    case 'array':
      return value.isPlain;
    case 'integer':
      return !value.lost;
    default:
      return value.kind !== 'missing' && value.kind !== 'variable';
  }
}

/** As many keys are compared faster with one another than they are looked up. */
const fewKeys = 8;

function arePlain(statements: readonly Entry[]): boolean {
  for (let i = 0; i < statements.length; i++) {
    const pair = statements[i] as Entry;
    if (pair.kind !== 'pair' || pair.garbled || !isPlain(pair.value)) return false;
    for (let j = 0; j < i && i < fewKeys; j++) if ((statements[j] as KeyValue).key === pair.key) return false;
  }
  return statements.length <= fewKeys || new Set(statements.map(pair => (pair as KeyValue).key)).size === statements.length;
}

/** The value of a node that means the same wherever it stands; undefined for any other. */
export function ownValue(node: ValueNode): EvaluatedValue | undefined {
  return isPlain(node) ? (node as ValueNode | EvaluatedValue as EvaluatedValue) : undefined;
}
