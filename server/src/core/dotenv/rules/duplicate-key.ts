// The same name twice in a dotenv file: the later one counts, and nothing says so.
import type { EnvStatement } from '../../environment/env-file.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Edit } from '../../text/edit.ts';
import type { DotenvModel } from '../model.ts';

export default defineRule<DotenvModel>({
  id: 'dotenv/duplicate-key',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    const seen = new Map<string, EnvStatement>();
    for (const statement of model.file.statements) {
      const earlier = seen.get(statement.name);
      seen.set(statement.name, statement);
      // `PATH=$PATH:/x` builds on the earlier one, and a name alone takes what the environment has.
      if (!earlier || statement.name === '' || statement.raw === undefined || earlier.raw === undefined || statement.raw.includes(`$`))
        continue;
      yield {
        span: earlier.nameSpan,
        ...(earlier.raw === statement.raw ? { severity: 'information' as const } : {}),
        message: `\`${statement.name}\` is set again further down and the later one counts, so this line does nothing. Remove it.`,
        related: [{ file: model.id, span: statement.nameSpan, message: 'This one counts.' }],
        fix: { title: 'Remove this line', safety: 'safe', edits: () => [removeLine(earlier, model)] },
      };
    }
  },
});

function removeLine(statement: EnvStatement, { id, text }: DotenvModel): Edit {
  const start = text.lastIndexOf('\n', statement.span.start - 1) + 1;
  const lineFeed = text.indexOf('\n', statement.span.end);
  return { file: id, span: { start, end: lineFeed < 0 ? text.length : lineFeed + 1 }, newText: '' };
}
