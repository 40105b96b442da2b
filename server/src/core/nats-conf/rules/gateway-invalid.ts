// What nats-server refuses in a `gateway` block beyond single values.
import { defineRule, type Report } from '../../lint/rule.ts';
import { type Block, blockOf, blocksOf, isGiven, mayHold, settingOf, stringOf } from '../blocks.ts';
import { blocksNamed, type NatsConf } from '../model.ts';
import { refusedBetweenServers } from '../server-authorization.ts';
import { removePair } from '../source-edits.ts';
import { listenerOf } from '../startup.ts';

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
          message: `Between clusters, ${because}, so nats-server refuses the configuration. Write \`user\` and \`password\`.`,
          fix: { title: `Remove ${entry.key}`, safety: 'unsafe', edits: () => [removePair(conf, entry.keyAt.file, entry.node.span)] },
        };
      }
    }
    const gateway = blockOf(conf.root, 'gateway');
    if (gateway) yield* judgeStart(conf, gateway);
  },
});

/** What passes `-t` and stops the start. */
function* judgeStart(conf: NatsConf, gateway: Block): Generator<Report> {
  const [name, listener] = [settingOf(gateway, 'name'), listenerOf(gateway)];
  if (!gateway.setting || mayHold(gateway) || (!isGiven(name) && !listener)) return;
  const at = { ...gateway.setting.entry.keyAt, stage: 'start' as const };
  if (!isGiven(name)) {
    yield {
      ...at,
      message:
        'A gateway joins clusters by their names and this one has none, so nats-server does not start. Add `name`, the name of this cluster.',
    };
    return;
  }
  if (!listener) {
    yield {
      ...at,
      message: 'Other clusters need a port to reach this gateway and it has none, so nats-server does not start. Add `port: 7222`.',
    };
    return;
  }
  const own = stringOf(gateway, 'name');
  const cluster = stringOf(blockOf(conf.root, 'cluster'), 'name');
  if (own && cluster && cluster.value !== '' && cluster.value !== own.value) {
    yield {
      ...own.at,
      stage: 'start',
      message:
        'A gateway speaks for its cluster and must have its name, so nats-server does not start with two different ones. Write the same name in both.',
      related: [{ ...cluster.at, message: 'The cluster has this name.' }],
    };
  }
  for (const remote of blocksOf(gateway, 'gateways')) yield* judgeRemote(remote);
}

function* judgeRemote(remote: Block): Generator<Report> {
  if (mayHold(remote)) return;
  const at = { ...remote.map.at, stage: 'start' as const };
  if (!isGiven(settingOf(remote, 'name'))) {
    yield {
      ...at,
      message: 'A remote gateway without the name of its cluster is nobody, so nats-server does not start. Add `name`.',
    };
  } else if (!hasUrl(remote)) {
    yield {
      ...at,
      message: 'A remote gateway without an address cannot be reached, so nats-server does not start. Add `url: "nats://HOST:7222"`.',
    };
  }
}

function hasUrl(remote: Block): boolean {
  return ['url', 'urls'].some(key => {
    const value = settingOf(remote, key)?.value;
    return value?.kind === 'array' ? value.items.length > 0 : value !== undefined;
  });
}
