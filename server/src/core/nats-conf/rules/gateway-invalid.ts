// What nats-server refuses in a `gateway` block beyond single values.
import { defineRule } from '../../lint/rule.ts';
import { blocksNamed, type NatsConf } from '../model.ts';
import { refusedBetweenServers } from '../server-authorization.ts';
import { removePair } from '../source-edits.ts';

export default defineRule<NatsConf>({
  id: 'nats/gateway-invalid',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    for (const gateway of blocksNamed(conf, 'gateway')) {
      for (const { setting, because } of refusedBetweenServers(gateway)) {
        const { entry } = setting;
        yield {
          ...entry.keyAt,
          message: `Between clusters ${because}, so nats-server refuses the configuration. Write \`user\` and \`password\`.`,
          fix: { title: `Remove ${entry.key}`, safety: 'unsafe', edits: () => [removePair(conf, entry.keyAt.file, entry.node.span)] },
        };
      }
    }
  },
});
