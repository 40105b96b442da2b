// A placeholder that was copied from an example and never replaced is a secret that everybody knows.
import { isPlaceholder, isReference } from '../../environment/secret-quality.ts';
import { defineRule } from '../../lint/rule.ts';
import type { DotenvModel } from '../model.ts';
import { newSecret } from '../new-secret.ts';

export default defineRule<DotenvModel>({
  id: 'dotenv/placeholder-secret',
  severity: 'warning',
  since: '0.1.0',
  *check({ id, secrets, purpose }) {
    if (purpose !== 'use') return;
    for (const { statement, meaning, value } of secrets) {
      if (isReference(value) || !isPlaceholder(value)) continue;
      yield {
        span: statement.valueSpan,
        message: `\`${statement.name}\` still holds a placeholder, which everybody who has seen the example knows. Put in a secret of your own, for instance from \`openssl rand -base64 48\`.`,
        ...newSecret(id, statement, meaning),
      };
    }
  },
});
