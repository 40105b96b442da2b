// An example is there to be copied and committed; a real secret in it is published.
import { isPlaceholder, isReference, isTrivial, weaknessOf } from '../../environment/secret-quality.ts';
import { defineRule } from '../../lint/rule.ts';
import type { DotenvModel } from '../model.ts';

export default defineRule<DotenvModel>({
  id: 'dotenv/secret-in-example',
  severity: 'warning',
  since: '0.1.0',
  *check({ secrets, purpose, id }) {
    if (purpose !== 'example' || /test|ci|e2e/.test(id.slice(id.lastIndexOf('/')))) return;
    for (const { statement, meaning, value } of secrets) {
      if (meaning.meaning === 'token' || !looksReal(value)) continue;
      yield {
        span: statement.valueSpan,
        message: `\`${statement.name}\` looks like a real secret, and an example is there for everybody to copy. Leave the value empty, and change the secret if it was ever in use.`,
      };
    }
  },
});

/** Long and without words: letters of both cases and digits, or a long run of hexadecimal digits. */
function looksReal(value: string): boolean {
  if (isReference(value) || isTrivial(value) || isPlaceholder(value) || weaknessOf(value) !== undefined) return false;
  if (/^S[UAOCNX][A-Z2-7]{56}$/.test(value)) return true;
  if (/^[0-9a-f]{32,}$/i.test(value)) return new Set(value.toLowerCase()).size >= 10;
  const mixed = /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value);
  const wordy = /[a-z]{5,}[-_ ][a-z]{3,}|(?:secret|password|example|change|your|here|default|local|dev|test|key)/i.test(value);
  return value.length >= 24 && mixed && !wordy && new Set(value).size >= 14;
}
