// A misspelt field is not read, and its default counts without a word.
import { platformField, platformFields } from '../../facts/platform-options.ts';
import { nearest } from '../../lint/nearest.ts';
import { defineRule } from '../../lint/rule.ts';
import type { PlatformModel } from '../model.ts';

export default defineRule<PlatformModel>({
  id: 'platform/unknown-field',
  severity: 'warning',
  since: '0.1.0',
  *check({ settings, file }) {
    for (const { path, keySpan } of settings) {
      const above = path.slice(0, -1);
      const name = path.at(-1) as string;
      const fields = above.length === 0 ? platformFields : platformField(above)?.fields;
      if (!fields || name in fields) continue;
      const near = nearest(name, Object.keys(fields));
      const block = ['auth', ...above].join('.');
      yield {
        span: keySpan,
        message: `\`${block}\` has no field \`${name}\`, so it sets nothing. ${near ? `\`${near}\` is probably meant.` : 'Look the name up in the configuration reference.'}`,
        ...(near
          ? { fix: { title: `Rename it to ${near}`, safety: 'unsafe', edits: () => [{ file, span: keySpan, newText: near }] } }
          : {}),
      };
    }
  },
});
