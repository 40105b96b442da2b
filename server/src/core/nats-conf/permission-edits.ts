// Adds subjects to what a login may do, in whatever shape its permissions are written.
import type { Edit } from '../text/edit.ts';
import { settingOf } from './blocks.ts';
import type { NatsConf } from './model.ts';
import type { Direction } from './permissions.ts';
import { quoted, textOfFile } from './source-edits.ts';
import type { EvaluatedValue } from './values.ts';

/** The edit that allows more subjects; undefined where the list is not written out here, or where everything is allowed already. */
export function allowSubjects(conf: NatsConf, { setting, allow }: Direction, subjects: readonly string[]): Edit | undefined {
  const [lists] = setting.blocks;
  if (!lists) return longerList(conf, setting.value, subjects);
  const list = settingOf(lists, 'allow');
  if (list && allow.length > 0) return longerList(conf, list.value, subjects);
  return undefined;
}

function longerList(conf: NatsConf, value: EvaluatedValue, subjects: readonly string[]): Edit | undefined {
  if (value.via) return undefined;
  const { file } = value.origin;
  const added = subjects.map(quoted);
  if (value.kind === 'string') {
    const { start, end } = value.node.span;
    const own = textOfFile(conf, file).slice(start, end);
    return { file, span: value.node.span, newText: `[ ${[own, ...added].join(', ')} ]` };
  }
  const last = value.kind === 'array' ? value.node.items.at(-1) : undefined;
  if (!last) return undefined;
  const { end } = last.span;
  return { file, span: { start: end, end }, newText: added.map(subject => `, ${subject}`).join('') };
}
