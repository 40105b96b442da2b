// A configuration without any value starts a server with everything at its default, which hardly anybody wants to check in.
import { behaves } from '../../facts/nats-behaviors.ts';
import { defineRule } from '../../lint/rule.ts';
import type { NatsConf } from '../model.ts';

export default defineRule<NatsConf>({
  id: 'nats/empty-config',
  severity: 'warning',
  stage: 'parse',
  since: '0.1.0',
  *check({ evaluation, version }) {
    const { root, files } = evaluation;
    const isRefused = files.some(({ parsed }) => parsed.errors.some(({ refused }) => refused));
    if (root.entries.size > 0 || root.incomplete || isRefused || !behaves(version, 'empty-config-is-a-warning')) return;
    yield {
      span: { start: 0, end: 0 },
      message:
        'This configuration has no values: nats-server warns, starts with its defaults, open to everyone, and a check of the file with -t fails. Write at least `port: 4222` and an `authorization` block.',
    };
  },
});
