// A certificate that is not where the configuration says keeps the server from starting; here that is a hint at most, as the files may only lie there.
import { defineRule } from '../../lint/rule.ts';
import type { NatsConf } from '../model.ts';

export default defineRule<NatsConf>({
  id: 'nats/file-not-found',
  severity: 'information',
  since: '0.1.0',
  *check({ namedFiles }) {
    for (const { value, outcome } of namedFiles) {
      if (outcome !== 'absent') continue;
      yield {
        file: value.origin.file,
        span: value.node.contentSpan,
        message:
          'There is no file at this path here, and nats-server does not start without it. Nothing needs to be done if the file is on the server; a relative path begins at the folder that nats-server is started in.',
      };
    }
  },
});
