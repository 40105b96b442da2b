// What stops the start because of the monitoring port.
import { defineRule } from '../../lint/rule.ts';
import { settingOf } from '../blocks.ts';
import type { NatsConf } from '../model.ts';
import { removePair } from '../source-edits.ts';
import { isWhole, listenerOf } from '../startup.ts';

export default defineRule<NatsConf>({
  id: 'nats/monitoring-invalid',
  severity: 'error',
  stage: 'start',
  since: '0.1.0',
  *check(conf) {
    const plain = listenerOf(conf.root, 'http', 'http_port');
    const encrypted = listenerOf(conf.root, 'https', 'https_port');
    if (!encrypted) return;
    if (plain) {
      const [first, second] = [plain, encrypted].sort((a, b) => a.entry.keyAt.span.start - b.entry.keyAt.span.start) as [
        typeof plain,
        typeof plain,
      ];
      yield {
        ...second.entry.keyAt,
        message: 'Monitoring is served with TLS or without, not both, so nats-server does not start. Keep the one with TLS.',
        related: [{ ...first.entry.keyAt, message: 'The other one is here.' }],
        fix: {
          title: `Remove ${plain.entry.key}`,
          safety: 'unsafe',
          edits: () => [removePair(conf, plain.entry.keyAt.file, plain.entry.node.span)],
        },
      };
    } else if (!settingOf(conf.root, 'tls') && isWhole(conf)) {
      yield {
        ...encrypted.entry.keyAt,
        message: `\`${encrypted.entry.key}\` uses the certificate of the top-level \`tls\` block, and there is none, so nats-server does not start. Add \`tls\` with cert_file and key_file.`,
      };
    }
  },
});
