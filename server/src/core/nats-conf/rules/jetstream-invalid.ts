// What nats-server refuses about JetStream beyond single values.
import { nearest } from '../../lint/nearest.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { isPublicNkey } from '../../nats-auth/nkey.ts';
import { isValidSubject } from '../../nats-auth/subject.ts';
import { blockOf, blocksOf, holdsStrings, isGiven, mayHold, type Setting, settingOf, settingsOf, stringOf } from '../blocks.ts';
import { accountsMayBeMore, type NatsConf } from '../model.ts';
import { removePair } from '../source-edits.ts';
import { hasJetStream, isWhole, jetStream, listens, operatorSetting } from '../startup.ts';
import { systemAccountName, systemAccountSetting } from '../system-account.ts';
import { sizeOf } from '../value-form.ts';
import type { EvaluatedEntry } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/jetstream-invalid',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    const inside = settingsOf(conf.root, 'jetstream').flatMap(({ blocks }) => blocks[0]?.settings ?? []);
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
    yield* judgeClusterOptions(conf);
    yield* judgeSystemAccount(conf);
    yield* judgeMissingSystemAccount(conf);
    yield* judgeKeys(conf);
    yield* judgeReserved(conf);
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
  const system = systemAccountName(conf.root);
  return blocksOf(leafnodes.blocks[0], 'remotes').some(remote => {
    const account = settingOf(remote, 'account')?.value;
    return account?.kind === 'unknown' || system === undefined || (account?.kind === 'string' && account.value === system);
  });
}

/** Counts also where JetStream itself is switched off. */
function* judgeDomain(conf: NatsConf): Generator<Report> {
  const domain = stringOf(blockOf(conf.root, 'jetstream'), 'domain');
  if (!domain || !/[.*>\s]/.test(domain.value)) return;
  yield {
    ...domain.at,
    stage: 'start',
    message:
      'The domain becomes one token of a subject, so it must not hold a dot, a space, `*` or `>`, and nats-server does not start with this one. Write a plain name, for instance "hub".',
  };
}

/** What only servers in a cluster look at. */
function* judgeClusterOptions(conf: NatsConf): Generator<Report> {
  const jetstream = blockOf(conf.root, 'jetstream');
  if (jetStream(conf) !== 'on' || !listens(conf, 'cluster')) return;
  const hint = stringOf(jetstream, 'extension_hint');
  if (hint && !/^(|no_extend|will_extend)$/i.test(hint.value)) {
    yield {
      ...hint.at,
      stage: 'start',
      message: '`extension_hint` is `will_extend` or `no_extend`, and nats-server does not start with anything else. Write one of the two.',
    };
  }
  const catchup = settingOf(jetstream, 'max_outstanding_catchup')?.value;
  if (catchup?.kind === 'integer' && catchup.value < 0) {
    yield {
      ...catchup.at,
      stage: 'start',
      message:
        '`max_outstanding_catchup` is a number of bytes and cannot be negative, so nats-server does not start. Write for instance 64MB.',
    };
  }
}

function* judgeSystemAccount(conf: NatsConf): Generator<Report> {
  if (jetStream(conf) !== 'on') return;
  const name = systemAccountName(conf.root);
  const account = conf.accounts.find(one => one.name === name);
  const own = account && hasJetStream(account) ? settingOf(account.block, 'jetstream') : undefined;
  if (!own) return;
  yield {
    ...own.entry.keyAt,
    stage: 'start',
    message:
      'The system account carries the messages of the server itself and cannot have JetStream, so nats-server does not start. Remove this line, and give JetStream to the account of your applications.',
  };
}

/** A key in the configuration, or one that the machine's security chip keeps. */
function* judgeKeys(conf: NatsConf): Generator<Report> {
  const jetstream = blockOf(conf.root, 'jetstream');
  const [key, tpm] = [settingOf(jetstream, 'encryption_key'), settingOf(jetstream, 'tpm')];
  if (jetStream(conf) !== 'on' || !isGiven(key) || !tpm?.available || !isGiven(settingOf(tpm.blocks[0], 'keys_file'))) return;
  yield {
    ...key.entry.keyAt,
    stage: 'start',
    message: `\`${key.entry.key}\` and \`tpm\` both say how data is encrypted, and nats-server does not start with both. Keep one of them.`,
    related: [{ ...tpm.entry.keyAt, message: 'The other one is here.' }],
  };
}

/** Where accounts are JWTs, the server does not make a system account by itself, and JetStream talks in one. */
function* judgeMissingSystemAccount(conf: NatsConf): Generator<Report> {
  const setting = settingOf(conf.root, 'jetstream');
  if (!setting || jetStream(conf) !== 'on' || isGiven(systemAccountSetting(conf.root)) || !isWhole(conf)) return;
  const operator = operatorSetting(conf);
  const claims = conf.operatorMode?.operators[0]?.claims;
  if (operator ? !claims || claims.nats.system_account : !holdsStrings(settingOf(conf.root, 'trusted_keys'))) return;
  yield {
    ...setting.entry.keyAt,
    stage: 'start',
    message:
      'JetStream works through the system account, and neither the configuration nor an operator names one, so nats-server does not start. Add `system_account` with the public key of that account.',
  };
}

/** A server that is alone sets aside what its accounts may use, as far as it was told its own limits. */
function* judgeReserved(conf: NatsConf): Generator<Report> {
  if (jetStream(conf) !== 'on' || !isWhole(conf) || operatorSetting(conf) || listens(conf, 'cluster') || listens(conf, 'gateway')) return;
  const system = systemAccountName(conf.root);
  for (const [whole, part] of [
    ['max_memory_store', 'max_memory'],
    ['max_file_store', 'max_store'],
  ] as const) {
    const limit = settingOf(blockOf(conf.root, 'jetstream'), whole)?.value;
    const most = limit?.kind === 'integer' ? limit.value : limit?.kind === 'string' ? sizeOf(limit.value) : undefined;
    if (most === undefined || most <= 0) continue;
    let reserved = 0;
    for (const { name, block } of conf.accounts) {
      const own = settingOf(blockOf(block, 'jetstream'), part)?.value;
      if (name === system || own?.kind !== 'integer' || own.value <= 0) continue;
      reserved += own.value;
      if (reserved <= most) continue;
      yield {
        ...own.at,
        stage: 'start',
        message: `The accounts may use more than the server has in \`${whole}\`, and a server that is alone sets all of it aside, so it does not start. Lower this limit, or raise \`${whole}\`.`,
      };
      break;
    }
  }
}

function* judgeDefaultDomains(conf: NatsConf): Generator<Report> {
  const value = settingOf(conf.root, 'default_js_domain')?.value;
  if (value?.kind !== 'map' || !isWhole(conf)) return;
  const system = conf.operatorMode?.systemAccount ?? systemAccountName(conf.root);
  for (const entry of value.entries.values()) {
    const message = entry.key === system ? refusal('The system account has no JetStream of its own') : unfitAccount(conf, entry);
    if (message) yield { ...entry.keyAt, stage: 'start', message };
    else if (entry.value.kind === 'string' && entry.value.value !== '' && !isValidSubject(`$JS.${entry.value.value}.API.>`)) {
      yield {
        ...entry.value.at,
        stage: 'start',
        message:
          'The domain becomes a part of a subject, so it must not hold spaces, empty tokens or `>`, and nats-server does not start with this one. Write a plain name.',
      };
    }
  }
}

const refusal = (why: string) => `${why}, so nats-server does not start. Remove it.`;

/** What to say of an account that cannot have a default domain. */
function unfitAccount(conf: NatsConf, { key, value }: EvaluatedEntry): string | undefined {
  if (operatorSetting(conf)) {
    return isPublicNkey(key, 'account')
      ? undefined
      : refusal('Under an operator accounts are known by their public keys, and this is none');
  }
  if (accountsMayBeMore(conf) || key === '$G') return undefined;
  const account = conf.accounts.find(({ name }) => name === key);
  if (!account) {
    const near = nearest(key, [...conf.accounts.map(({ name }) => name), '$G']);
    return `No account has this name, so nats-server does not start. ${near ? `Did you mean \`${near}\`?` : 'Write the name of one of the accounts.'}`;
  }
  const isEmpty = value.kind === 'string' && value.value === '';
  return hasJetStream(account) && !isEmpty
    ? refusal('This account has JetStream here, and its requests cannot go to another domain by default')
    : undefined;
}

function isStoreDir({ option, value }: Setting): boolean {
  return option.key === 'store_dir' && value.kind === 'string' && value.value !== '';
}
