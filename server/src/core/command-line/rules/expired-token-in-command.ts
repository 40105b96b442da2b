// A command that sends an expired token worked on the day it was written down, and fails today. Where the token stands in the command
// itself, `jwt/expired` marks it there, and once is enough.
import { mildness } from '../../jwt/file-kind.ts';
import { largestPlausibleTime, relativeTime } from '../../jwt/times.ts';
import { defineRule } from '../../lint/rule.ts';
import type { CommandModel } from '../model.ts';
import { sentTokens } from '../tokens.ts';

export default defineRule<CommandModel>({
  id: 'command/expired-token-in-command',
  severity: 'warning',
  since: '0.1.0',
  *check(model, { now, file, recheckAt }) {
    for (const { span, expiry, assigned } of sentTokens(model)) {
      if (!assigned || expiry === undefined || expiry > largestPlausibleTime) continue;
      if (expiry * 1000 > now) {
        recheckAt(expiry * 1000);
        continue;
      }
      yield {
        span,
        message: `The token that this command sends expired ${relativeTime(expiry, now)}, so it is answered with 401. Fetch a token when the script runs, and read it from a variable.`,
        related: [{ file, span: assigned, message: 'The token is written here.' }],
        ...mildness(model),
      };
    }
  },
});
