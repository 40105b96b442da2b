// Keys that the target server does not know where they stand, and why nobody else speaks about them.
import { findInvention, type Invention } from '../facts/nats-inventions.ts';
import type { Block } from './blocks.ts';
import type { NatsConf } from './model.ts';
import type { EvaluatedEntry } from './values.ts';

export interface UnknownKey {
  readonly block: Block;
  readonly entry: EvaluatedEntry;
  /** What the key is made up of, where it is a well-known invention. */
  readonly invention: Invention | undefined;
}

/**
 * Every key that nats-server refuses as unknown. Left out are helper variables (a key that a `$VARIABLE` refers to is forgiven), blocks
 * that skip unknown keys, and maps that lost their own name, which `nats/syntax` has told.
 */
export function unknownKeys(conf: NatsConf): UnknownKey[] {
  const found: UnknownKey[] = [];
  for (const block of conf.index.withUnknown) {
    if (block.fact.unknown === 'ignored') continue;
    for (const entry of block.unknown) {
      if (entry.displaced || (entry.usedAsVariable && block.fact.unknown === 'error')) continue;
      const value = entry.value.kind === 'string' ? entry.value.value : undefined;
      found.push({ block, entry, invention: findInvention(block.fact.name, entry.key, value) });
    }
  }
  return found;
}

/** `allow` or `deny` directly in a `permissions` block: known words, one level too high. */
export function isDirectionless({ fact }: Block, { key }: EvaluatedEntry): boolean {
  return fact.name === 'permissions' && /^(allow|deny)$/i.test(key);
}
