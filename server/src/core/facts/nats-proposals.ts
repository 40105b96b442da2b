// What completion of nats.conf proposes first: options by how often people write them, values that are usual, snippets.
import table from './nats-proposals.json';

export interface NatsSnippet {
  /** The block that it is for, or `accounts` for the names of accounts. */
  readonly in: string;
  /** Written where a key stands, or as an item of a list of such blocks. */
  readonly as: 'key' | 'item';
  readonly label: string;
  readonly detail: string;
  /** Lines in the snippet syntax of editors, indented by tabs. */
  readonly body: readonly string[];
}

const common: Readonly<Record<string, readonly string[]>> = table.common;
const together: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = table.together;
const typical: Readonly<Record<string, readonly string[]>> = table.typical;

/** Spellings that people write most in a block, the commonest first. */
export function commonKeys(block: string): readonly string[] {
  return common[block] ?? [];
}

/** Keys that are often written where an option is, the likeliest first. */
export function keysTogether(block: string, option: string): readonly string[] {
  return together[block]?.[option] ?? [];
}

/** Usual values of an option, without quotes. */
export function typicalValues(block: string, key: string): readonly string[] {
  return typical[`${block}.${key}`] ?? [];
}

export const natsSnippets = table.snippets as readonly NatsSnippet[];
