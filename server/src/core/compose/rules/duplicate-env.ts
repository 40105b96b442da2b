// The same variable twice in one list: the last one counts, and nothing says so.

import { defineRule, type Report } from '../../lint/rule.ts';
import { removeEntry } from '../edit-entry.ts';
import type { ComposeModel } from '../index.ts';
import type { ComposeFile } from '../model.ts';
import { fieldOf, type Scalar, type Sequence } from '../yaml-tree.ts';

/** Lists without duplicates, which are not looked at again while they stay as they are. */
const clean = new WeakSet<Sequence>();

export default defineRule<ComposeModel>({
  id: 'compose/duplicate-env',
  severity: 'warning',
  since: '0.1.0',
  *check({ file }) {
    const seen = new Set<Sequence>();
    for (const document of file.documents) {
      for (const service of document.services.values()) {
        const list = fieldOf(service.value, 'environment')?.value;
        if (list?.kind !== 'sequence' || seen.has(list) || clean.has(list)) continue;
        seen.add(list);
        const duplicates = [...duplicatesIn(list, file)];
        if (duplicates.length === 0) clean.add(list);
        yield* duplicates;
      }
    }
  },
});

function* duplicatesIn(list: Sequence, file: ComposeFile): Iterable<Report> {
  const last = new Map<string, Scalar>();
  for (const { value } of list.items) {
    if (value.kind !== 'scalar' || value.type === 'null') continue;
    const name = value.text.split('=', 1)[0] as string;
    const earlier = last.get(name);
    last.set(name, value);
    if (!earlier || name.includes('$')) continue;
    const same = earlier.text === value.text;
    yield {
      span: earlier.span,
      message: same
        ? `\`${name}\` stands twice in this list with the same value; one of the two is not needed. Remove one.`
        : `\`${name}\` stands twice in this list and the later one counts, so this one does nothing. Remove it.`,
      related: [{ file: file.id, span: value.span, message: 'This one counts.' }],
      fix: {
        title: `Remove this ${name}`,
        safety: 'safe',
        edits: () => [removeEntry({ file: file.id, span: earlier.span }, file.text)],
      },
    };
  }
}
