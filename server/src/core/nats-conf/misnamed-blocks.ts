// Blocks that lost their own name to a key without a value inside of them.
import type { NatsConf } from './model.ts';
import type { EvaluatedEntry } from './values.ts';

/** Blocks that a key without a value gave its name to, where the server knows no option of that name and so refuses the file. */
export function misnamedBlocks({ index }: NatsConf): readonly EvaluatedEntry[] {
  return index.withUnknown.flatMap(({ fact, unknown }) => (fact.unknown === 'ignored' ? [] : unknown.filter(entry => entry.displaced)));
}
