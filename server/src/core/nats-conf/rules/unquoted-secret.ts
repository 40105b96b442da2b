// Secrets often look like numbers, dates or `yes`. Unquoted they become just that, and nats-server then wants nothing of them.
import { defineRule } from '../../lint/rule.ts';
import { kindInWords } from '../form-words.ts';
import { misfitsOf } from '../misfits.ts';
import type { NatsConf } from '../model.ts';
import { quoted, textOfFile } from '../source-edits.ts';

const names: Readonly<Record<string, string>> = { password: 'password', token: 'token', secret: 'key', user: 'user name' };

export default defineRule<NatsConf>({
  id: 'nats/unquoted-secret',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    for (const { setting, misfit } of misfitsOf(conf, 'unquoted-secret')) {
      const { file, span } = misfit.value.origin;
      const written = textOfFile(conf, file).slice(span.start, span.end);
      yield {
        file,
        span,
        message: `Without quotes nats-server reads this ${names[setting.option.format ?? ''] ?? 'text'} as ${kindInWords(misfit.value)}, so it refuses the configuration. Put it in quotes.`,
        fix: { title: 'Put it in double quotes', safety: 'safe', edits: () => [{ file, span, newText: quoted(written) }] },
      };
    }
  },
});
