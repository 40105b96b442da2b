// Values that `evaluate.ts` makes of what does not stand for itself; places and tables are made for those who ask.
import type { FileId } from '../text/file-id.ts';
import type { Span } from '../text/span.ts';
import type { ArrayNode, KeyValue, MapNode, VariableNode } from './tree.ts';
import type { EvaluatedArray, EvaluatedEntry, EvaluatedMap, EvaluatedValue, Place } from './values.ts';

/** A value where it is written: no variable is between. */
class Written<Node extends { readonly span: Span }> {
  readonly node: Node;
  readonly file: FileId;

  constructor(node: Node, file: FileId) {
    this.node = node;
    this.file = file;
  }

  get at(): Place {
    return { file: this.file, span: this.node.span };
  }

  get origin(): Place {
    return this.at;
  }

  get via(): undefined {
    return undefined;
  }
}

export class WrittenArray extends Written<ArrayNode> implements EvaluatedArray {
  readonly kind = 'array';
  readonly items: readonly EvaluatedValue[];

  constructor(node: ArrayNode, file: FileId, items: readonly EvaluatedValue[]) {
    super(node, file);
    this.items = items;
  }
}

/** As many entries are found faster by going over them than by a table that has to be made first. */
const fewEntries = 8;

/** A map, which grows while its file is read. */
export class WrittenMap extends Written<MapNode> implements EvaluatedMap {
  readonly kind = 'map';
  list: WrittenEntry[] = [];
  incomplete = false;
  #byKey: Map<string, WrittenEntry> | undefined;

  get entries(): ReadonlyMap<string, EvaluatedEntry> {
    return this.#table();
  }

  find(key: string): WrittenEntry | undefined {
    const { list } = this;
    if (list.length > fewEntries || this.#byKey) return this.#table().get(key);
    for (let i = 0; i < list.length; i++) if ((list[i] as WrittenEntry).key === key) return list[i];
    return undefined;
  }

  /** Adds an entry; the last of equal keys is in force. Returns whether there was one of that key. */
  set(entry: WrittenEntry): boolean {
    const before = this.find(entry.key);
    if (before) {
      entry.replace(before);
      this.list[this.list.indexOf(before)] = entry;
    } else this.list.push(entry);
    this.#byKey?.set(entry.key, entry);
    return before !== undefined;
  }

  /** To be called when all is in it: a list that grew by itself has room for 17. */
  trim(): void {
    this.list = this.list.slice();
  }

  #table(): Map<string, WrittenEntry> {
    if (!this.#byKey) {
      this.#byKey = new Map();
      for (const entry of this.list) this.#byKey.set(entry.key, entry);
    }
    return this.#byKey;
  }
}

const none: readonly EvaluatedEntry[] = [];

export class WrittenEntry implements EvaluatedEntry {
  readonly node: KeyValue;
  readonly file: FileId;
  readonly value: EvaluatedValue;
  readonly displaced: boolean;
  usedAsVariable = false;
  /** All entries of the key in its map, shared by them, and the place of this one among them: a list for each would cost the square of their number. */
  siblings: WrittenEntry[] | undefined = undefined;
  index = 0;

  constructor(node: KeyValue, file: FileId, value: EvaluatedValue, displaced: boolean) {
    this.node = node;
    this.file = file;
    this.value = value;
    this.displaced = displaced;
  }

  get key(): string {
    return this.node.key;
  }

  get keyAt(): Place {
    return { file: this.file, span: this.node.keySpan };
  }

  get replaces(): readonly EvaluatedEntry[] {
    return this.siblings ? this.siblings.slice(0, this.index) : none;
  }

  replace(before: WrittenEntry): void {
    before.siblings ??= [before];
    this.siblings = before.siblings;
    this.index = this.siblings.push(this) - 1;
  }
}

/** The value behind a variable, as it is where the variable is used. */
export function usedAt(value: EvaluatedValue, at: Place, via: VariableNode): EvaluatedValue {
  const used = { at, origin: value.origin, via };
  switch (value.kind) {
    case 'map':
      return { ...used, kind: value.kind, node: value.node, entries: value.entries, list: value.list, incomplete: value.incomplete };
    case 'array':
      return { ...used, kind: value.kind, node: value.node, items: value.items };
    case 'unknown':
      return { ...value, ...used };
    default:
      // Each kind of node has the value of its kind.
      return { ...used, kind: value.kind, node: value.node, value: 'value' in value ? value.value : undefined } as EvaluatedValue;
  }
}
