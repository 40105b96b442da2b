// What nats-server refuses in a `cluster` block beyond single values.
import { defineRule, type Report } from '../../lint/rule.ts';
import { type Block, blockOf, settingOf } from '../blocks.ts';
import { blocksNamed, type NatsConf } from '../model.ts';
import { refusedBetweenServers } from '../server-authorization.ts';
import { removePair } from '../source-edits.ts';
import { stringsIn } from '../strings.ts';

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
          message: `In a cluster, ${because}, so nats-server refuses the configuration. Write \`user\` and \`password\`.`,
          fix: { title: `Remove ${entry.key}`, safety: 'unsafe', edits: () => [removePair(conf, entry.keyAt.file, entry.node.span)] },
        };
      }
      yield* permissions(conf, cluster);
      yield* pinned(cluster);
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

/** Accounts with a route of their own: checked when the server starts. */
function* pinned(cluster: Block): Generator<Report> {
  const setting = settingOf(cluster, 'accounts');
  if (!setting?.available || setting.value.kind !== 'array') return;
  const seen = new Set<string>();
  for (const item of stringsIn(setting.value)) {
    if (seen.has(item.value)) {
      yield { ...item.at, stage: 'start', message: 'This account is listed twice, so nats-server does not start. Remove one.' };
    }
    seen.add(item.value);
  }
  const pool = settingOf(cluster, 'pool_size')?.value;
  if (seen.size > 0 && pool?.kind === 'integer' && pool.value < 0) {
    yield {
      ...pool.at,
      stage: 'start',
      message:
        'Accounts with a route of their own need pooled routes, which a negative `pool_size` switches off, so nats-server does not start. Remove one of the two.',
    };
  }
}
