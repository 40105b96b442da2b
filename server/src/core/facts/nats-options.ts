// What nats-server can be told in its configuration, block by block: names, types, defaults, first releases.
import table from './nats-options.json';
import { isAvailable, type Release, readReleases } from './nats-release.ts';

/**
 * Kinds of value. `duration` is a string such as "2m"; `size` an integer, or a string such as "10G"; `listen` a port, or "host:port";
 * `percent` a string such as "50%"; `anything` is taken without a look at it; `nothing` is never right.
 */
export type ScalarKind = 'string' | 'integer' | 'number' | 'boolean' | 'duration' | 'size' | 'listen' | 'percent' | 'anything' | 'nothing';

/** One form that an option's value may have. */
export type ValueForm = {
  readonly since: readonly Release[] | undefined;
  readonly until: readonly Release[] | undefined;
  /** The server takes it, but warns: `nats-server -t` then refuses. */
  readonly warns: boolean;
} & (
  | { readonly kind: ScalarKind }
  /** One of some words; case counts where `exact`. */
  | { readonly kind: 'enum'; readonly values: readonly string[]; readonly exact: boolean }
  | { readonly kind: 'block'; readonly block: string }
  | { readonly kind: 'list'; readonly of: readonly ValueForm[] }
  /** A map with free keys; `keys` says what they are. */
  | { readonly kind: 'map'; readonly of: readonly ValueForm[]; readonly keys: string }
);

/** What the string in a value means, for instance `subject` or `user-nkey`. */
export type ValueFormat = string;

export interface OptionFact {
  /** The spelling to recommend. */
  readonly key: string;
  readonly aliases: readonly string[];
  readonly forms: readonly ValueForm[];
  readonly format: ValueFormat | undefined;
  /** What a number counts: `bytes`, `seconds`, `percent`, `port`. */
  readonly unit: string | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** The block is refused without it. */
  readonly required: boolean;
  /** In words. */
  readonly default: string | undefined;
  /** One sentence for people. */
  readonly summary: string;
  readonly notes: string | undefined;
  /** The server still takes it, but nobody should write it any more. */
  readonly deprecated: boolean;
  /** First release of each line that has it; undefined: all since 2.2. */
  readonly since: readonly Release[] | undefined;
  /** Aliases that came at another time. */
  readonly aliasSince: ReadonlyMap<string, readonly Release[]>;
}

export interface BlockFact {
  readonly name: string;
  /** With an article, for messages: "a `cluster` block". */
  readonly title: string;
  /** What the server does with a key it does not know: refuse it unless it is a helper variable, refuse it always, or skip it. */
  readonly unknown: 'error' | 'always' | 'ignored';
  /** Keys of all other blocks are read without regard to case. */
  readonly caseSensitive: boolean;
  readonly options: readonly OptionFact[];
  /** By every spelling, in lower case. */
  readonly bySpelling: ReadonlyMap<string, OptionFact>;
}

interface RawForm {
  readonly is?: string;
  readonly enum?: readonly string[];
  readonly exact?: boolean;
  readonly block?: string;
  readonly list?: readonly (string | RawForm)[];
  readonly map?: readonly (string | RawForm)[];
  readonly keys?: string;
  readonly since?: readonly string[];
  readonly until?: readonly string[];
  readonly warns?: boolean;
}

interface RawOption extends Partial<Omit<OptionFact, 'key' | 'since' | 'aliasSince' | 'forms'>> {
  readonly type: readonly (string | RawForm)[];
  readonly summary: string;
  readonly since?: readonly string[];
  readonly aliasSince?: Readonly<Record<string, readonly string[]>>;
}

interface RawBlock {
  readonly title: string;
  readonly unknown?: 'always' | 'ignored';
  readonly caseSensitive?: boolean;
  readonly options: Readonly<Record<string, RawOption>>;
}

function readForm(raw: string | RawForm): ValueForm {
  if (typeof raw === 'string') return { kind: raw as ScalarKind, since: undefined, until: undefined, warns: false };
  const base = {
    since: raw.since && readReleases(raw.since),
    until: raw.until && readReleases(raw.until),
    warns: raw.warns ?? false,
  };
  if (raw.enum) return { ...base, kind: 'enum', values: raw.enum, exact: raw.exact ?? false };
  if (raw.block) return { ...base, kind: 'block', block: raw.block };
  if (raw.list) return { ...base, kind: 'list', of: raw.list.map(readForm) };
  if (raw.map) return { ...base, kind: 'map', of: raw.map.map(readForm), keys: raw.keys ?? 'name' };
  return { ...base, kind: raw.is as ScalarKind };
}

function readOption(key: string, raw: RawOption): OptionFact {
  return {
    key,
    aliases: raw.aliases ?? [],
    forms: raw.type.map(readForm),
    format: raw.format,
    unit: raw.unit,
    min: raw.min,
    max: raw.max,
    required: raw.required ?? false,
    default: raw.default,
    summary: raw.summary,
    notes: raw.notes,
    deprecated: raw.deprecated ?? false,
    since: raw.since && readReleases(raw.since),
    aliasSince: new Map(Object.entries(raw.aliasSince ?? {}).map(([alias, since]) => [alias, readReleases(since)])),
  };
}

function readBlock(name: string, raw: RawBlock): BlockFact {
  const options = Object.entries(raw.options).map(([key, option]) => readOption(key, option));
  return {
    name,
    title: raw.title,
    unknown: raw.unknown ?? 'error',
    caseSensitive: raw.caseSensitive ?? false,
    options,
    bySpelling: new Map(options.flatMap(option => [option.key, ...option.aliases].map(spelling => [spelling, option] as const))),
  };
}

/** Version of nats-server that the facts were checked against, for instance `nats-server 2.15.2`. */
export const natsOptionsSource: string = table.source;

export const natsBlocks: ReadonlyMap<string, BlockFact> = new Map(
  Object.entries(table.blocks as unknown as Record<string, RawBlock>).map(([name, raw]) => [name, readBlock(name, raw)]),
);

/** A block that must exist. */
export function natsBlock(name: string): BlockFact {
  const block = natsBlocks.get(name);
  if (!block) throw new Error(`no NATS block ${name}`);
  return block;
}

/** The option that a key means in a block. */
export function findOption(block: BlockFact, key: string): OptionFact | undefined {
  return block.bySpelling.get(block.caseSensitive ? key : key.toLowerCase());
}

/** First releases that know an option under this spelling; undefined: all. */
export function sinceOf(option: OptionFact, key: string): readonly Release[] | undefined {
  return option.aliasSince.get(key.toLowerCase()) ?? option.since;
}

/** Forms that a server of this version takes. */
export function formsFor(forms: readonly ValueForm[], version: Release): readonly ValueForm[] {
  if (forms.every(form => !form.since && !form.until)) return forms;
  return forms.filter(form => (!form.since || isAvailable(version, form.since)) && (!form.until || !isAvailable(version, form.until)));
}
