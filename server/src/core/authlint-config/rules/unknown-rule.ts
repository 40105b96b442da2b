// A mistyped rule name switches nothing off and nothing on, and nobody would notice.
import { rulePaths } from '../../facts/rule-paths.ts';
import type { NamedSpan } from '../../lint/config.ts';
import { nearest } from '../../lint/nearest.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule<{ readonly ruleNames: readonly NamedSpan[] }>({
  id: 'workspace/unknown-rule',
  severity: 'warning',
  since: '0.1.0',
  *check({ ruleNames }, { file }) {
    for (const { name, span } of ruleNames) {
      if (rulePaths.has(name)) continue;
      const near = nearest(name, rulePaths.keys());
      yield {
        span,
        message: `Authlint has no rule \`${name}\`, so this has no effect. ${near ? `Did you mean \`${near}\`?` : '`authlint rules` lists all of them.'}`,
        ...(near ? { fix: { title: `Replace by ${near}`, safety: 'safe' as const, edits: () => [{ file, span, newText: near }] } } : {}),
      };
    }
  },
});
