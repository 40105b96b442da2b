// A URL that is listed twice is skipped with a warning, which makes a check of the configuration fail.
import { defineRule } from '../../lint/rule.ts';
import { type NatsConf, settingsNamed } from '../model.ts';
import { removePair } from '../source-edits.ts';
import type { EvaluatedString } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/duplicate-url',
  severity: 'warning',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    for (const { value } of settingsNamed(conf, 'cluster.routes', 'remote_gateway.urls', 'leafnode_remote.url')) {
      if (value.kind !== 'array') continue;
      const seen = new Map<string, EvaluatedString>();
      for (const item of value.items) {
        if (item.kind !== 'string') continue;
        const first = seen.get(item.value);
        if (!first) {
          seen.set(item.value, item);
          continue;
        }
        const { file, span } = item.at;
        yield {
          ...item.at,
          message: 'This URL is listed twice: nats-server warns, and a check of the file with -t fails. Remove one of them.',
          related: [{ ...first.at, message: 'It stands here first.' }],
          fix: {
            title: 'Remove the second one',
            safety: 'safe',
            edits: () => [removePair(conf, file, span)],
          },
        };
      }
    }
  },
});
