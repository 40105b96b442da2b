// A key or value that Authlint does not know would be ignored silently, and with it what the person wanted.
import type { Config } from '../../lint/config.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule<Config>({
  id: 'workspace/invalid-config',
  severity: 'warning',
  since: '0.1.0',
  *check(config, { file }) {
    for (const { span, message, instead } of config.problems) {
      yield {
        span,
        message,
        ...(instead === undefined
          ? {}
          : { fix: { title: `Replace by ${instead}`, safety: 'safe' as const, edits: () => [{ file, span, newText: instead }] } }),
      };
    }
  },
});
