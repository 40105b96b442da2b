// Where each kind of block and option occurs in a configuration. What a part holds is looked up once, for as long as the part is the same.
import type { OptionFact } from '../facts/nats-options.ts';
import type { Block, Setting } from './blocks.ts';
import type { Part } from './part.ts';

/** The whole configuration as nested blocks, and where each kind of block and option occurs, so that no rule has to look through everything. */
export interface BlockIndex {
  readonly root: Block;
  /** `root` and every block inside of it, outer before inner, in the order of the text. */
  readonly blocks: readonly Block[];
  /** Blocks by their kind. */
  readonly byName: ReadonlyMap<string, readonly Block[]>;
  /** Settings by `block.option`, for instance `cluster.routes`. */
  readonly byOption: ReadonlyMap<string, readonly Setting[]>;
  /** Settings with values that do not fit. */
  readonly misfitting: readonly Setting[];
  /** Settings of options that the target server does not know. */
  readonly unavailable: readonly Setting[];
  /** Blocks with keys that are no option. */
  readonly withUnknown: readonly Block[];
  /** Blocks with an option in two spellings. */
  readonly repeating: readonly Block[];
}

/** Where what occurs in some blocks, without what `leaveOut` names, and all that is in it. */
export function indexBlocks(root: Block, leaveOut: (block: Block) => boolean = () => false): BlockIndex {
  const indexer = new Indexer(leaveOut);
  indexer.block(root);
  const byOption = new Map<string, readonly Setting[]>();
  for (const settings of indexer.byOption.values()) {
    const first = settings[0];
    if (first) byOption.set(`${first.block.fact.name}.${first.option.key}`, settings);
  }
  const { blocks, byName, misfitting, unavailable, withUnknown, repeating } = indexer;
  return { root, blocks, byName, byOption, misfitting, unavailable, withUnknown, repeating };
}

/** What occurs in a block and in all blocks inside of it. */
export class Indexer {
  readonly blocks: Block[] = [];
  readonly byName = new Map<string, Block[]>();
  readonly byOption = new Map<OptionFact, Setting[]>();
  readonly misfitting: Setting[] = [];
  readonly unavailable: Setting[] = [];
  readonly withUnknown: Block[] = [];
  readonly repeating: Block[] = [];
  readonly #leaveOut: ((block: Block) => boolean) | undefined;

  /** Without `leaveOut` everything is looked at. */
  constructor(leaveOut?: (block: Block) => boolean) {
    this.#leaveOut = leaveOut;
  }

  block(block: Block): void {
    if (this.#leaveOut?.(block)) return;
    const { part } = block.map.node;
    // What has been taken over before will be again.
    if (this.#leaveOut && part?.block === block && part.made < part.seen) this.#add(indexOfPart(part, block));
    else this.#look(block);
  }

  #look(block: Block): void {
    this.blocks.push(block);
    append(this.byName, block.fact.name, block);
    const { settings } = block;
    for (let i = 0; i < settings.length; i++) {
      const setting = settings[i] as Setting;
      append(this.byOption, setting.option, setting);
      if (setting.blocks.length > 0) for (const child of setting.blocks) this.block(child);
      if (!setting.available) this.unavailable.push(setting);
      if (setting.misfits.length > 0) this.misfitting.push(setting);
    }
    if (block.unknown.length > 0) this.withUnknown.push(block);
    if (block.repeats) this.repeating.push(block);
  }

  #add(inner: Indexer): void {
    for (const block of inner.blocks) this.blocks.push(block);
    for (const [name, blocks] of inner.byName) appendAll(this.byName, name, blocks);
    for (const [option, settings] of inner.byOption) appendAll(this.byOption, option, settings);
    for (const setting of inner.misfitting) this.misfitting.push(setting);
    for (const setting of inner.unavailable) this.unavailable.push(setting);
    for (const block of inner.withUnknown) this.withUnknown.push(block);
    for (const block of inner.repeating) this.repeating.push(block);
  }
}

function append<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function appendAll<Key, Item>(lists: Map<Key, Item[]>, key: Key, items: readonly Item[]): void {
  const list = lists.get(key);
  if (list) for (const item of items) list.push(item);
  else lists.set(key, [...items]);
}

/** What occurs in a part, as long as it has this block. */
function indexOfPart(part: Part, block: Block): Indexer {
  if (!part.index) {
    part.index = new Indexer();
    part.index.block(block);
  }
  return part.index;
}
