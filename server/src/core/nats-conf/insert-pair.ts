// Puts new pairs beside an existing one, in the layout that is there: on lines of their own, or on the same line.
import type { Edit } from '../text/edit.ts';
import type { Setting } from './blocks.ts';
import type { NatsConf } from './model.ts';
import { indentAt, restOfOwnLine, textOfFile } from './source-edits.ts';

/** Adds pairs behind a setting, in the same block and file. */
export function insertPairs(conf: NatsConf, { entry }: Setting, pairs: readonly string[]): Edit {
  const { file } = entry.keyAt;
  const { start, end } = entry.node.span;
  const text = textOfFile(conf, file);
  const onOwnLine = restOfOwnLine(text, entry.node.span) !== undefined;
  const indent = indentAt(text, start);
  const newText = pairs.map(pair => (onOwnLine ? `\n${indent}${pair}` : `, ${pair}`)).join('');
  return { file, span: { start: end, end }, newText };
}
