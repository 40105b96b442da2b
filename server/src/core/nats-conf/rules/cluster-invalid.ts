// What nats-server refuses in a `cluster` block beyond single values.
import { defineRule, type Report } from '../../lint/rule.ts';
import { type Block, blockOf, settingOf } from '../blocks.ts';
import { blocksNamed, type NatsConf } from '../model.ts';
import { refusedBetweenServers } from '../server-authorization.ts';
import { removePair } from '../source-edits.ts';

export default defineRule<NatsConf>({
  id: 'nats/cluster-invalid',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    for (const cluster of blocksNamed(conf, 'cluster')) {
      for (const { setting, because } of refusedBetweenServers(cluster)) {
        const { entry } = setting;
        yield {
          ...entry.keyAt,
          message: `In a cluster ${because}, so nats-server refuses the configuration. Write \`user\` and \`password\`.`,
          fix: { title: `Remove ${entry.key}`, safety: 'unsafe', edits: () => [removePair(conf, entry.keyAt.file, entry.node.span)] },
        };
      }
      yield* permissions(conf, cluster);
    }
  },
});

function* permissions(conf: NatsConf, cluster: Block): Generator<Report> {
  const responses = settingOf(blockOf(cluster, 'permissions'), 'allow_responses');
  const on = responses && (responses.value.kind === 'map' || (responses.value.kind === 'boolean' && responses.value.value));
  if (on) {
    const { entry } = responses;
    yield {
      ...entry.keyAt,
      message: 'Permissions of a cluster are about subjects, not about replies: nats-server refuses `allow_responses` here. Remove it.',
      fix: { title: `Remove ${entry.key}`, safety: 'safe', edits: () => [removePair(conf, entry.keyAt.file, entry.node.span)] },
    };
  }
  const inside = settingOf(blockOf(cluster, 'authorization'), 'default_permissions');
  if (inside?.value.kind === 'map') {
    yield {
      ...inside.entry.keyAt,
      severity: 'warning',
      message:
        'Permissions inside of the `authorization` of a cluster are deprecated: nats-server warns, and a check of the file with -t fails. Move them out into `cluster`.',
    };
  }
}
