// Goes over the values of a configuration block by block and says which option each key is, as nats-server's option reader does.
import { type BlockFact, findOption, formsFor, natsBlock, type OptionFact, sinceOf, type ValueForm } from '../facts/nats-options.ts';
import { isAvailable } from '../facts/nats-release.ts';
import type { ServerVersion } from '../lint/settings.ts';
import { type Misfit, misfitOf } from './value-form.ts';
import type { EvaluatedEntry, EvaluatedMap, EvaluatedValue, Place } from './values.ts';

/** A map that is a block of options, for instance one account. */
export interface Block {
  readonly fact: BlockFact;
  readonly map: EvaluatedMap;
  /** The option whose value the block is, or is a part of; undefined for the whole configuration. */
  readonly setting: Setting | undefined;
  /** Its free key, for instance the account's name; undefined for a block that stands under an option or in a list. */
  readonly name: EvaluatedEntry | undefined;
  /** Known keys, in the order of the text. */
  readonly settings: readonly Setting[];
  /** Keys that are no option here, in the order of the text. Helper variables are among them. */
  readonly unknown: readonly EvaluatedEntry[];
}

/** A known key and its value. */
export interface Setting {
  readonly block: Block;
  readonly option: OptionFact;
  readonly entry: EvaluatedEntry;
  readonly value: EvaluatedValue;
  /** Whether the target server knows the option; where it does not, nothing is said about the value. */
  readonly available: boolean;
  /** Values, or parts of the value, that are of no form that the option takes. */
  readonly misfits: readonly Misfit[];
  /** Blocks that the value is or holds. */
  readonly blocks: readonly Block[];
}

/** The whole configuration as nested blocks. */
export function buildBlocks(root: EvaluatedMap, version: ServerVersion): Block {
  return buildBlock(natsBlock('server'), root, undefined, undefined, version);
}

function buildBlock(
  fact: BlockFact,
  map: EvaluatedMap,
  setting: Setting | undefined,
  name: EvaluatedEntry | undefined,
  version: ServerVersion,
): Block {
  const settings: Setting[] = [];
  const unknown: EvaluatedEntry[] = [];
  const block: Block = { fact, map, setting, name, settings, unknown };
  for (const entry of map.entries.values()) {
    const option = findOption(fact, entry.key);
    if (option) settings.push(buildSetting(block, option, entry, version));
    else unknown.push(entry);
  }
  return block;
}

function buildSetting(block: Block, option: OptionFact, entry: EvaluatedEntry, version: ServerVersion): Setting {
  const available = isAvailable(version, sinceOf(option, entry.key));
  const misfits: Misfit[] = [];
  const blocks: Block[] = [];
  const setting: Setting = { block, option, entry, value: entry.value, available, misfits, blocks };
  const visit = (value: EvaluatedValue, among: readonly ValueForm[], name: EvaluatedEntry | undefined): void => {
    if (value.kind === 'unknown') return;
    const form = structureOf(value, formsFor(among, version));
    if (!form) {
      const misfit = misfitOf(value, among, option, version);
      if (misfit) misfits.push(misfit);
    } else if (form.kind === 'block') blocks.push(buildBlock(natsBlock(form.block), value as EvaluatedMap, setting, name, version));
    else if (form.kind === 'list' && value.kind === 'array') for (const item of value.items) visit(item, form.of, undefined);
    else if (form.kind === 'map' && value.kind === 'map') {
      for (const child of value.entries.values()) {
        // Helper variables may stand among accounts, and only there.
        if (form.keys === 'account' && option.key === 'accounts' && child.usedAsVariable) continue;
        visit(child.value, form.of, child);
      }
    }
  };
  if (available) visit(entry.value, option.forms, undefined);
  return setting;
}

/** The form that says what the parts of a map or list are. */
function structureOf(value: EvaluatedValue, forms: readonly ValueForm[]): ValueForm | undefined {
  if (value.kind === 'map') return forms.find(form => form.kind === 'block') ?? forms.find(form => form.kind === 'map');
  return value.kind === 'array' ? forms.find(form => form.kind === 'list') : undefined;
}

/** The setting of an option in a block; where several spellings of it are given, the last one, though the server takes any of them. */
export function settingOf(block: Block | undefined, key: string): Setting | undefined {
  if (!block) return undefined;
  let found: Setting | undefined;
  for (const setting of block.settings) if (setting.option.key === key) found = setting;
  return found;
}

/** The string of an option, with its place; undefined where there is none or it is no string. */
export function stringOf(
  block: Block | undefined,
  key: string,
): { readonly value: string; readonly at: Place; readonly setting: Setting } | undefined {
  const setting = settingOf(block, key);
  return setting?.value.kind === 'string' ? { value: setting.value.value, at: setting.value.at, setting } : undefined;
}

/** The block under an option. */
export function blockOf(block: Block | undefined, key: string): Block | undefined {
  return settingOf(block, key)?.blocks[0];
}

/** All blocks under an option: the entries of a list or map. */
export function blocksOf(block: Block | undefined, key: string): readonly Block[] {
  return settingOf(block, key)?.blocks ?? [];
}

/** A block and all blocks inside of it, outer before inner, in the order of the text. */
export function* allBlocks(block: Block): Generator<Block> {
  yield block;
  for (const setting of block.settings) for (const child of setting.blocks) yield* allBlocks(child);
}

/** Every setting in a block and in the blocks inside of it. */
export function* allSettings(block: Block): Generator<Setting> {
  for (const setting of block.settings) {
    yield setting;
    for (const child of setting.blocks) yield* allSettings(child);
  }
}

/**
 * Whether an option has a value that counts for the server: a string that is not empty, or one from the environment, which is taken to be
 * set to something.
 */
export function isGiven(setting: Setting | undefined): setting is Setting {
  if (!setting) return false;
  return setting.value.kind === 'string' ? setting.value.value !== '' : setting.value.kind === 'unknown';
}

/** Whether a key that is not there may still come from a file that could not be read. */
export function mayHold(block: Block): boolean {
  return block.map.incomplete;
}
