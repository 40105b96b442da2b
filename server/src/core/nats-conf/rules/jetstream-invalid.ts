// What nats-server refuses about JetStream beyond single values.
import { nearest } from '../../lint/nearest.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { blockOf, blocksOf, isGiven, mayHold, type Setting, settingOf, stringOf } from '../blocks.ts';
import type { NatsConf } from '../model.ts';
import { removePair } from '../source-edits.ts';
import { accountNames, isWhole, jetStream, listens, operatorSetting } from '../startup.ts';

export default defineRule<NatsConf>({
  id: 'nats/jetstream-invalid',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    const inside = blockOf(conf.root, 'jetstream')?.settings ?? [];
    const given = [...conf.root.settings, ...inside].filter(isStoreDir);
    const [first, ...more] = given;
    for (const { entry } of first ? more : []) {
      yield {
        ...entry.keyAt,
        message: 'The folder for JetStream is given twice, so nats-server refuses the configuration. Keep one of them.',
        related: [{ ...(first as Setting).entry.keyAt, message: 'It is given here too.' }],
        fix: { title: 'Remove this one', safety: 'unsafe', edits: () => [removePair(conf, entry.keyAt.file, entry.node.span)] },
      };
    }
    yield* judgeCluster(conf);
    yield* judgeDomain(conf);
    yield* judgeSystemAccount(conf);
    yield* judgeDefaultDomains(conf);
  },
});

/** JetStream in a cluster elects leaders among named servers: checked when the server starts. */
function* judgeCluster(conf: NatsConf): Generator<Report> {
  const cluster = blockOf(conf.root, 'cluster');
  const inCluster = listens(conf, 'cluster');
  const setting = settingOf(conf.root, inCluster ? 'cluster' : 'gateway');
  if (!setting || jetStream(conf) !== 'on' || !isWhole(conf) || (!inCluster && !listens(conf, 'gateway'))) return;
  const at = { ...setting.entry.keyAt, stage: 'start' as const };
  if (inCluster && !isGiven(settingOf(conf.root, 'server_name'))) {
    yield {
      ...at,
      message:
        'JetStream in a cluster keeps data under the names of its servers, so nats-server does not start without `server_name`. Add a name that no other server has.',
    };
    return;
  }
  if (
    inCluster &&
    !isGiven(settingOf(cluster, 'name')) &&
    !isGiven(settingOf(blockOf(conf.root, 'gateway'), 'name')) &&
    !(cluster && mayHold(cluster))
  ) {
    yield {
      ...at,
      message:
        'JetStream in a cluster needs a name that all its servers share, so nats-server does not start without one. Add `name` to `cluster`.',
    };
    return;
  }
  const routes = settingOf(cluster, 'routes');
  const some =
    routes &&
    (routes.value.kind === 'unknown' || routes.value.kind === 'string' || (routes.value.kind === 'array' && routes.value.items.length > 0));
  if (some || (cluster && mayHold(cluster)) || mayExtend(conf)) return;
  yield {
    ...at,
    message:
      'JetStream in a cluster must be told where the other servers are, and there are no routes, so nats-server does not start. Add `routes: [ "nats://HOST:6222" ]` to `cluster`, or remove the cluster where the server is alone.',
  };
}

/** A remote that carries the system account may bring another cluster's JetStream. */
function mayExtend(conf: NatsConf): boolean {
  const leafnodes = settingOf(conf.root, 'leafnodes');
  if (!leafnodes) return false;
  const remotes = settingOf(leafnodes.blocks[0], 'remotes');
  if (leafnodes.value.kind === 'unknown' || remotes?.value.kind === 'unknown') return true;
  const system = stringOf(conf.root, 'system_account')?.value ?? '$SYS';
  return blocksOf(leafnodes.blocks[0], 'remotes').some(remote => {
    const account = settingOf(remote, 'account')?.value;
    return account?.kind === 'unknown' || (account?.kind === 'string' && account.value === system);
  });
}

function* judgeDomain(conf: NatsConf): Generator<Report> {
  const domain = stringOf(blockOf(conf.root, 'jetstream'), 'domain');
  if (!domain || jetStream(conf) === 'off' || !/[.*>\s]/.test(domain.value)) return;
  yield {
    ...domain.at,
    stage: 'start',
    message:
      'The domain becomes one token of a subject, so it must not hold a dot, a space, `*` or `>`, and nats-server does not start with this one. Write a plain name, for instance "hub".',
  };
}

function* judgeSystemAccount(conf: NatsConf): Generator<Report> {
  if (jetStream(conf) !== 'on') return;
  const system = settingOf(conf.root, 'system_account');
  if (system && system.value.kind !== 'string') return;
  const name = stringOf(conf.root, 'system_account')?.value || '$SYS';
  const own = settingOf(conf.accounts.find(account => account.name === name)?.block, 'jetstream');
  if (!own || !isOn(own)) return;
  yield {
    ...own.entry.keyAt,
    stage: 'start',
    message:
      'The system account carries the messages of the server itself and cannot have JetStream, so nats-server does not start. Remove this line, and give JetStream to the account of your applications.',
  };
}

function isOn({ value }: Setting): boolean {
  if (value.kind === 'boolean') return value.value;
  return value.kind === 'map' || (value.kind === 'string' && /^enabled?$/i.test(value.value));
}

function* judgeDefaultDomains(conf: NatsConf): Generator<Report> {
  const value = settingOf(conf.root, 'default_js_domain')?.value;
  const names = accountNames(conf);
  if (value?.kind !== 'map' || !names || operatorSetting(conf) || !isWhole(conf)) return;
  for (const entry of value.entries.values()) {
    if (names.has(entry.key)) continue;
    const near = nearest(entry.key, names);
    yield {
      ...entry.keyAt,
      stage: 'start',
      message: `No account has this name, so nats-server does not start. ${near ? `Did you mean \`${near}\`?` : 'Write the name of one of the accounts.'}`,
    };
  }
}

function isStoreDir({ option, value }: Setting): boolean {
  return option.key === 'store_dir' && value.kind === 'string' && value.value !== '';
}
