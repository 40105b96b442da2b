// The list that a value is being written in.
import { touches } from '../text/span.ts';
import type { Standpoint } from './standpoint.ts';
import { stringsIn } from './strings.ts';

/** The other strings of the list around an offset of the standpoint's file; none outside of lists. */
export function listAround({ own, whole }: Standpoint, offset: number): readonly string[] {
  const found: string[] = [];
  for (const settings of whole.index.byOption.values()) {
    for (const { value } of settings) {
      if (value.kind !== 'array' || value.at.file !== own.file || !touches(value.at.span, offset)) continue;
      // The lists around it hold blocks.
      for (const { value: text, at } of stringsIn(value)) if (!touches(at.span, offset)) found.push(text);
    }
  }
  return found;
}
