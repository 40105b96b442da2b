// Names that people write into a NATS configuration although nats-server never had them, and what really does the job.
import table from './nats-inventions.json';

export interface Invention {
  readonly blocks: readonly string[];
  readonly keys: readonly string[];
  /** Values for which this entry speaks; undefined: any. */
  readonly values?: readonly string[];
  /** Completes "… , since …". */
  readonly because: string;
  /** A sentence. */
  readonly instead: string;
  readonly skeleton?: string;
}

/** Comment lines that show how the real thing is written, and the block they belong in. */
export interface Skeleton {
  readonly block: string;
  readonly lines: readonly string[];
}

const inventions = table.inventions as readonly Invention[];
const misnomers = table.misnomers as Readonly<Record<string, Readonly<Record<string, string>>>>;
const skeletons = table.skeletons as Readonly<Record<string, Skeleton>>;

/** What is known about an invented key in a block; `value` is its value where that is a string. */
export function findInvention(block: string, key: string, value: string | undefined): Invention | undefined {
  const name = key.toLowerCase().replaceAll('-', '_');
  const wanted = value?.toLowerCase();
  return inventions.find(
    one => one.blocks.includes(block) && one.keys.includes(name) && (!one.values || (wanted !== undefined && one.values.includes(wanted))),
  );
}

/** The real name of a key that is often called otherwise. */
export function findMisnomer(block: string, key: string): string | undefined {
  return misnomers[block]?.[key.toLowerCase().replaceAll('-', '_')];
}

export function skeletonNamed(name: string): Skeleton | undefined {
  return skeletons[name];
}
