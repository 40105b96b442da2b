// Which options a place of the text can hold, found by going down from the top level: for hover and completion, which look at one place.
import { type BlockFact, findOption, formsFor, natsBlock, type OptionFact, type ValueForm } from '../facts/nats-options.ts';
import type { Release } from '../facts/nats-release.ts';

/** What stands between a pair of brackets. */
export type Level =
  /** Options of a block. */
  | { readonly kind: 'block'; readonly fact: BlockFact }
  /** Free keys; `keys` says what they are, for instance `account`. */
  | { readonly kind: 'names'; readonly keys: string; readonly slot: Slot }
  /** Items of a list. */
  | { readonly kind: 'list'; readonly slot: Slot };

/** Where a value goes. */
export interface Slot {
  /** The option that the value belongs to, also for the items of its list. */
  readonly option: OptionFact;
  /** The block of the option. */
  readonly owner: BlockFact;
  /** What the value may be, for a server of the version asked about. */
  readonly forms: readonly ValueForm[];
}

export const topLevel: Level = { kind: 'block', fact: natsBlock('server') };

/** Where the value behind a key goes; where an item goes, for a list. Undefined where nobody knows. */
export function slotIn(level: Level | undefined, key: string, version: Release): Slot | undefined {
  if (level?.kind !== 'block') return level?.slot;
  const option = findOption(level.fact, key);
  return option && { option, owner: level.fact, forms: formsFor(option.forms, version) };
}

/** What stands between the braces of a value. */
export function mapLevel(slot: Slot | undefined, version: Release): Level | undefined {
  for (const form of slot?.forms ?? []) if (form.kind === 'block') return { kind: 'block', fact: natsBlock(form.block) };
  for (const form of slot?.forms ?? []) {
    if (slot && form.kind === 'map') return { kind: 'names', keys: form.keys, slot: { ...slot, forms: formsFor(form.of, version) } };
  }
  return undefined;
}

/** What stands between the brackets of a value. */
export function listLevel(slot: Slot | undefined, version: Release): Level | undefined {
  for (const form of slot?.forms ?? []) {
    if (slot && form.kind === 'list') return { kind: 'list', slot: { ...slot, forms: formsFor(form.of, version) } };
  }
  return undefined;
}

/** What each of some open brackets holds, the file first, which holds `base`. */
export function levelsOf(
  frames: readonly { readonly kind: 'file' | 'map' | 'list'; readonly key: string | undefined }[],
  version: Release,
  base: Level | undefined,
  otherwise: (key: string) => Slot | undefined = () => undefined,
): readonly (Level | undefined)[] {
  const levels: (Level | undefined)[] = [];
  let level = base;
  for (const [i, { kind, key }] of frames.entries()) {
    // Braces around the whole file change nothing.
    if (i > 0 && !(i === 1 && kind === 'map' && key === undefined)) {
      const slot = slotIn(level, key ?? '', version) ?? otherwise(key ?? '');
      level = kind === 'map' ? mapLevel(slot, version) : listLevel(slot, version);
    }
    levels.push(level);
  }
  return levels;
}

/** What the free keys of an option's map are, for instance `account`; undefined for an option without such a map. */
export function freeKeysOf({ forms }: OptionFact): string | undefined {
  for (const form of forms) if (form.kind === 'map') return form.keys;
  return undefined;
}
