// A scan takes longer than many tokens live, and the scanner cannot renew a token that it was handed.
import { mildness } from '../../jwt/file-kind.ts';
import { durationInWords } from '../../jwt/times.ts';
import { defineRule } from '../../lint/rule.ts';
import { type CommandModel, type Invocation, optionsNamed, runs } from '../model.ts';
import { sentTokens } from '../tokens.ts';

/** Seconds that a scan without a limit may well take. */
const longScan = 30 * 60;
/** Requests that a scanner sends each second, at least. */
const requestsEachSecond = 5;

export default defineRule<CommandModel>({
  id: 'command/token-expires-during-scan',
  severity: 'warning',
  since: '0.1.0',
  *check(model, { now, file, recheckAt }) {
    for (const { invocation, span, expiry, assigned } of sentTokens(model)) {
      if (!runs(invocation, 'nat', 'scan') || expiry === undefined || expiry * 1000 <= now) continue;
      const left = expiry - now / 1000;
      const needed = secondsOf(invocation);
      if (left >= needed) {
        recheckAt((expiry - needed) * 1000 + 1000);
        continue;
      }
      yield {
        span,
        message: `This token ends in ${durationInWords(left)} and a scan may take longer, so it would fail in the middle with 401. Let the scanner fetch tokens itself with \`--auth-type oauth2\`, use a longer token, or limit the scan with \`--max-requests\`.`,
        ...(assigned ? { related: [{ file, span: assigned, message: 'The token is written here.' }] } : {}),
        ...mildness(model),
      };
    }
  },
});

function secondsOf(invocation: Invocation): number {
  const most = Number(optionsNamed(invocation, '--max-requests')[0]?.value?.text);
  return Number.isFinite(most) && most > 0 ? Math.min(longScan, most / requestsEachSecond) : longScan;
}
