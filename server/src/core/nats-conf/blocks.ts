// Goes over the values of a configuration block by block and says which option each key is, as nats-server's option reader does.
import { type BlockFact, findOption, formsFor, natsBlock, type OptionFact, sinceOf, type ValueForm } from '../facts/nats-options.ts';
import { isAvailable } from '../facts/nats-release.ts';
import type { ServerVersion } from '../lint/settings.ts';
import { Braces, noBlocks, noMisfits, Pair } from './nodes.ts';
import type { Part } from './part.ts';
import { type Misfit, misfitOf } from './value-form.ts';
import type { EvaluatedEntry, EvaluatedMap, EvaluatedString, EvaluatedValue } from './values.ts';

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
  /** Whether an option is among the settings in two spellings; which of them the server comes to last is chance. */
  readonly repeats: boolean;
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

/** Builds the blocks of a whole configuration. With the number of an edition, parts keep the blocks that they have. */
export function buildBlocks(root: EvaluatedMap, version: ServerVersion, edition: number | undefined): Block {
  return new BlockBuilder(version, edition, 'model').block(natsBlock('server'), root, undefined, undefined);
}

/** The same where, of two spellings of an option, the server comes to the first one last. */
export function buildBlocksTheOtherWay(root: EvaluatedMap, version: ServerVersion): Block {
  return new BlockBuilder(version, undefined, 'other way').block(natsBlock('server'), root, undefined, undefined);
}

/** A setting while its value is looked at. Most have neither misfits nor blocks, and then no list of their own. */
interface OpenSetting extends Setting {
  misfits: readonly Misfit[];
  blocks: readonly Block[];
}

interface OpenBlock extends Block {
  settings: readonly Setting[];
  unknown: readonly EvaluatedEntry[];
  repeats: boolean;
}

/** An option, and whether the target server knows it under the spelling that was asked about. */
interface KnownOption {
  readonly option: OptionFact;
  readonly available: boolean;
  readonly forms: OwnForms;
}

/** Forms that some server takes, those that the target server takes, and those of them that say what the parts of a map or list are. */
interface OwnForms {
  readonly all: readonly ValueForm[];
  readonly own: readonly ValueForm[];
  readonly block: ValueForm | undefined;
  readonly map: ValueForm | undefined;
  readonly list: ValueForm | undefined;
}

class BlockBuilder {
  readonly #version: ServerVersion;
  readonly #edition: number | undefined;
  readonly #theOtherWay: boolean;
  /** Whether maps and entries become the blocks and settings themselves, which they can only be once. */
  readonly #mayTake: boolean;
  /** What keys mean, for those seen: in a large file the same few occur again and again. */
  readonly #options = new Map<BlockFact, Map<string, KnownOption | undefined>>();
  /** Forms that the target server takes, for the options seen. */
  readonly #forms = new Map<readonly ValueForm[], OwnForms>();

  constructor(version: ServerVersion, edition: number | undefined, purpose: 'model' | 'other way' | 'question') {
    this.#version = version;
    this.#edition = edition;
    this.#theOtherWay = purpose === 'other way';
    this.#mayTake = purpose === 'model';
  }

  block(fact: BlockFact, map: EvaluatedMap, setting: Setting | undefined, name: EvaluatedEntry | undefined): Block {
    const part = this.#partOf(map);
    const known = part?.block?.fact === fact ? part.block : undefined;
    if (part && known) {
      see(part, this.#edition ?? 0);
      return Object.assign(known, { setting, name });
    }
    const block = this.#own(map, fact, setting, name) ?? { fact, map, setting, name, settings: [], unknown: [], repeats: false };
    this.#read(block);
    if (part) {
      part.block = block;
      part.index = undefined;
      part.made = this.#edition ?? 0;
      part.seen = part.made;
    }
    return block;
  }

  /** The map as a block, unless a later version could have it inside of another one: what is in a part, but not for as long as that is. */
  #own(map: EvaluatedMap, fact: BlockFact, setting: Setting | undefined, name: EvaluatedEntry | undefined): OpenBlock | undefined {
    if (!this.#mayTake || !(map instanceof Braces)) return undefined;
    const isLasting = map.part !== undefined || !map.home.isPart || setting?.block instanceof Braces;
    return isLasting ? (map.become(fact, setting, name) as OpenBlock | undefined) : undefined;
  }

  #read(block: OpenBlock): void {
    const { fact, map } = block;
    const { list } = map;
    const settings: Setting[] = [];
    const unknown: EvaluatedEntry[] = [];
    for (let i = 0; i < list.length; i++) {
      const entry = list[i] as EvaluatedEntry;
      const known = this.#optionOf(fact, entry.key);
      if (!known) {
        unknown.push(entry);
        continue;
      }
      for (let j = 0; j < settings.length && !block.repeats; j++) block.repeats = settings[j]?.option === known.option;
      settings.push(this.#setting(block, known, entry));
    }
    if (this.#theOtherWay && block.repeats) settings.reverse();
    // As long as they have to be: a list that grew by itself has room for 17. Mostly all are known, and then entries and settings are the same.
    block.settings =
      block instanceof Braces && unknown.length === 0 && !block.repeats
        ? (list as readonly unknown[] as readonly Setting[])
        : settings.slice();
    if (unknown.length > 0) block.unknown = unknown;
  }

  /** The part that a map is. By a variable it may come to several places; only the first that is met counts. */
  #partOf(map: EvaluatedMap): Part | undefined {
    const { part } = map.node;
    return this.#edition !== undefined && part?.value === map && part.seen !== this.#edition ? part : undefined;
  }

  fits(block: Block, option: OptionFact, entry: EvaluatedEntry): boolean {
    const setting: OpenSetting = { block, option, entry, value: entry.value, available: true, misfits: noMisfits, blocks: noBlocks };
    this.#visit(setting, entry.value, this.#formsFor(option.forms), undefined);
    return setting.misfits.length === 0 && setting.blocks.every(isRight);
  }

  #optionOf(fact: BlockFact, key: string): KnownOption | undefined {
    let ofBlock = this.#options.get(fact);
    if (!ofBlock) {
      ofBlock = new Map();
      this.#options.set(fact, ofBlock);
    }
    let known = ofBlock.get(key);
    if (!known && !ofBlock.has(key)) {
      const option = findOption(fact, key);
      const since = option && sinceOf(option, key);
      const available = since === undefined || isAvailable(this.#version, since);
      known = option && { option, available, forms: this.#formsFor(option.forms) };
      ofBlock.set(key, known);
    }
    return known;
  }

  #setting(block: Block, { option, available, forms }: KnownOption, entry: EvaluatedEntry): Setting {
    const setting: OpenSetting =
      block instanceof Braces && entry instanceof Pair
        ? entry.become(block, option, available)
        : { block, option, entry, value: entry.value, available, misfits: noMisfits, blocks: noBlocks };
    if (available) this.#visit(setting, entry.value, forms, undefined);
    return setting;
  }

  #visit(setting: OpenSetting, value: EvaluatedValue, forms: OwnForms, name: EvaluatedEntry | undefined): void {
    if (value.kind === 'unknown') return;
    const form = value.kind === 'map' ? (forms.block ?? forms.map) : value.kind === 'array' ? forms.list : undefined;
    if (!form) {
      const misfit = misfitOf(value, forms.all, forms.own, setting.option);
      if (misfit) setting.misfits = [...setting.misfits, misfit];
    } else if (form.kind === 'block') {
      const child = this.block(natsBlock(form.block), value as EvaluatedMap, setting, name);
      if (setting.blocks === noBlocks) setting.blocks = [child];
      else (setting.blocks as Block[]).push(child);
    } else if (form.kind === 'list' && value.kind === 'array') {
      const inner = this.#formsFor(form.of);
      for (let i = 0; i < value.items.length; i++) this.#visit(setting, value.items[i] as EvaluatedValue, inner, undefined);
    } else if (form.kind === 'map' && value.kind === 'map') {
      const inner = this.#formsFor(form.of);
      for (const child of value.list) {
        // Helper variables may stand among accounts, and only there.
        if (child.usedAsVariable && form.keys === 'account' && setting.option.key === 'accounts') continue;
        this.#visit(setting, child.value, inner, child);
      }
    }
  }

  #formsFor(forms: readonly ValueForm[]): OwnForms {
    let known = this.#forms.get(forms);
    if (!known) {
      const own = formsFor(forms, this.#version);
      const first = (kind: ValueForm['kind']) => own.find(form => form.kind === kind);
      known = { all: forms, own, block: first('block'), map: first('map'), list: first('list') };
      this.#forms.set(forms, known);
    }
    return known;
  }
}

/** Whether a value would be right, with everything in it, if its key were this option. */
export function fitsOption(block: Block, option: OptionFact, entry: EvaluatedEntry, version: ServerVersion): boolean {
  return new BlockBuilder(version, undefined, 'question').fits(block, option, entry);
}

/** Whether nothing in a block is unknown, too new, or of the wrong form. */
function isRight({ settings, unknown }: Block): boolean {
  return (
    unknown.length === 0 && settings.every(({ available, misfits, blocks }) => available && misfits.length === 0 && blocks.every(isRight))
  );
}

/** Takes a part over into an edition, with all that is in it. What was not in the edition before was not judged in that either. */
function see(part: Part, edition: number): void {
  if (part.isRestless || part.seen !== edition - 1) part.made = edition;
  part.seen = edition;
  for (const inner of part.parts) see(inner, edition);
}

/** The setting of an option in a block; where several spellings of it are given, the last one, though the server takes any of them. */
export function settingOf(block: Block | undefined, key: string): Setting | undefined {
  if (!block) return undefined;
  let found: Setting | undefined;
  // Asked of every block by many rules, so that not even an iterator is made.
  const { settings } = block;
  for (let i = 0; i < settings.length; i++) if (settings[i]?.option.key === key) found = settings[i];
  return found;
}

/** The settings of an option in all its spellings, for what the server gathers from each of them. */
export function settingsOf(block: Block | undefined, key: string): readonly Setting[] {
  return block?.settings.filter(({ option }) => option.key === key) ?? [];
}

/** The string of an option; undefined where there is none or it is no string. */
export function stringOf(block: Block | undefined, key: string): EvaluatedString | undefined {
  const value = settingOf(block, key)?.value;
  return value?.kind === 'string' ? value : undefined;
}

/** The block under an option. */
export function blockOf(block: Block | undefined, key: string): Block | undefined {
  return settingOf(block, key)?.blocks[0];
}

/** All blocks under an option: the entries of a list or map. */
export function blocksOf(block: Block | undefined, key: string): readonly Block[] {
  return settingOf(block, key)?.blocks ?? [];
}

/**
 * Whether an option has a value that counts for the server: a string that is not empty, or one from the environment, which is taken to be
 * set to something.
 */
export function isGiven(setting: Setting | undefined): setting is Setting {
  if (!setting) return false;
  return setting.value.kind === 'string' ? setting.value.value !== '' : setting.value.kind === 'unknown';
}

/** Whether an option that takes a string or a list of them has any; one from the environment is taken to have some. */
export function holdsStrings(setting: Setting | undefined): setting is Setting {
  return setting?.value.kind === 'array' ? setting.value.items.length > 0 : isGiven(setting);
}

/** Whether a key that is not there may still come from a file that could not be read. */
export function mayHold(block: Block): boolean {
  return block.map.incomplete;
}
