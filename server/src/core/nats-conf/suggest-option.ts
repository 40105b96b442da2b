// What somebody may have meant by a key that is no option in its block.
import { findMisnomer } from '../facts/nats-inventions.ts';
import { type BlockFact, natsBlocks, type OptionFact } from '../facts/nats-options.ts';
import { editDistance, nearest } from '../lint/nearest.ts';
import type { Block } from './blocks.ts';

export interface OptionSuggestion {
  /** Spelling to write instead. */
  readonly key: string;
  readonly option: OptionFact;
  /** The same name written otherwise (`server-name`, `maxPayload`), a known misnomer, or one slip of the finger: not a guess. */
  readonly certain: boolean;
}

const fold = (key: string) => key.toLowerCase().replace(/[-_.\s]/g, '');

/** The option of the same block that a key is likely to be. */
export function suggestOption(block: BlockFact, key: string): OptionSuggestion | undefined {
  const found = (spelling: string | undefined, certain: boolean) => {
    const option = spelling === undefined ? undefined : block.bySpelling.get(spelling);
    return option && spelling !== undefined ? { key: spelling, option, certain } : undefined;
  };
  const misnomer = found(findMisnomer(block.name, key), true);
  if (misnomer) return misnomer;
  const spellings = [...block.bySpelling.keys()];
  const folded = fold(key);
  const same = found(
    spellings.find(spelling => fold(spelling) === folded),
    true,
  );
  if (same) return same;
  const near = nearest(key, spellings);
  // A word that is an option elsewhere is hardly a slip.
  const slip = near !== undefined && key.length > 3 && !isOptionAnywhere(key) && editDistance(key.toLowerCase(), near, 1) === 1;
  return found(near, slip);
}

function isOptionAnywhere(key: string): boolean {
  return [...natsBlocks.values()].some(block => block.bySpelling.has(key.toLowerCase()));
}

/** Blocks that can stand directly under an option of `block`, by name. */
function childBlocks(block: BlockFact): Map<string, OptionFact> {
  const children = new Map<string, OptionFact>();
  for (const option of block.options) {
    for (const form of option.forms) if (form.kind === 'block' && !children.has(form.block)) children.set(form.block, option);
  }
  return children;
}

export interface OptionHome {
  readonly block: BlockFact;
  readonly option: OptionFact;
  /** The option of the current block under which the other block stands; undefined when it is an outer block. */
  readonly through: OptionFact | undefined;
}

/** Blocks around and directly inside of a block that do know the key, nearest first; those inside also by a known misnomer. */
export function homesOf(block: Block, key: string): readonly OptionHome[] {
  const name = key.toLowerCase();
  const homes: OptionHome[] = [];
  for (const [child, through] of childBlocks(block.fact)) {
    const fact = natsBlocks.get(child);
    const option = fact?.bySpelling.get(name) ?? fact?.bySpelling.get(findMisnomer(child, name) ?? '');
    if (fact && option) homes.push({ block: fact, option, through });
  }
  for (let outer = block.setting?.block; outer; outer = outer.setting?.block) {
    const option = outer.fact.bySpelling.get(name);
    if (option) homes.push({ block: outer.fact, option, through: undefined });
  }
  return homes;
}
