// What `nats-server -t` accepts in a `leafnodes` block and what stops the start.
import type { Report } from '../lint/rule.ts';
import { readNkey } from '../nats-auth/nkey.ts';
import { type Block, blockOf, blocksOf, isGiven, settingOf } from './blocks.ts';
import type { NatsConf } from './model.ts';
import { isWhole, listenerOf, listens, operatorSetting } from './startup.ts';
import { stringsIn } from './strings.ts';
import { systemAccountSetting } from './system-account.ts';
import type { EvaluatedString } from './values.ts';

/** Reports of stage `start`; accounts that do not exist are told by `nats/account-unknown`. */
export function* judgeLeafnodeStart(conf: NatsConf): Generator<Report> {
  const leafnodes = blockOf(conf.root, 'leafnodes');
  if (!leafnodes) return;
  for (const remote of blocksOf(leafnodes, 'remotes')) yield* judgeMixedUrls(remote);
  const operator = operatorSetting(conf);
  if (operator) yield* judgeUnderOperator(leafnodes);
  const setting = leafnodes.setting;
  const gateway = blockOf(conf.root, 'gateway');
  const gatewayOn = gateway && (listens(conf, 'gateway') || isGiven(settingOf(gateway, 'name')));
  if (!setting || !gatewayOn || !listenerOf(leafnodes) || isGiven(systemAccountSetting(conf.root)) || !isWhole(conf)) return;
  yield {
    ...setting.entry.keyAt,
    stage: 'start',
    message:
      'Leafnodes and gateways together need a system account that is named, so nats-server does not start. Add `system_account` with the name of one of the accounts.',
    related: [{ ...(gateway.setting ?? setting).entry.keyAt, message: 'The gateway is here.' }],
  };
}

function* judgeMixedUrls(remote: Block): Generator<Report> {
  const value = settingOf(remote, 'url')?.value;
  const urls = value ? [...stringsIn(value)] : [];
  const [first] = urls;
  if (!first) return;
  const odd = urls.find(url => isWebSocket(url) !== isWebSocket(first));
  if (!odd) return;
  yield {
    ...odd.at,
    stage: 'start',
    message:
      'A remote is reached over WebSocket or not, and this list has both kinds of URLs, so nats-server does not start. Write one remote for each kind.',
    related: [{ ...first.at, message: 'The first URL is of the other kind.' }],
  };
}

function isWebSocket({ value }: EvaluatedString): boolean {
  return /^\s*wss?:/i.test(value);
}

function* judgeUnderOperator(leafnodes: Block): Generator<Report> {
  const authorization = blockOf(leafnodes, 'authorization');
  const users = settingOf(authorization, 'users');
  if (users?.value.kind === 'array' && users.value.items.length > 0) {
    yield {
      ...users.entry.keyAt,
      stage: 'start',
      message: 'Under an operator leafnodes log in with JWTs, so nats-server does not start with `users` here. Remove them.',
    };
  }
  for (const remote of blocksOf(leafnodes, 'remotes')) {
    const account = settingOf(remote, 'account');
    if (account && (account.value.kind !== 'string' || isAccountKey(account.value.value))) continue;
    if (remote.map.incomplete) continue;
    yield {
      ...(account?.value.at ?? remote.map.at),
      stage: 'start',
      message:
        'Under an operator accounts are known by their public keys, so nats-server does not start with a remote that names none. Write the public key of the account (A…) as its `account`.',
    };
  }
  const account = settingOf(authorization, 'account')?.value;
  if (account?.kind === 'string' && account.value !== '' && !isAccountKey(account.value) && listenerOf(leafnodes)) {
    yield {
      ...account.at,
      stage: 'start',
      message:
        'Under an operator accounts are known by their public keys, so nats-server does not start with this name. Write the public key of the account (A…).',
    };
  }
}

function isAccountKey(text: string): boolean {
  const key = readNkey(text);
  return key?.kind === 'public' && key.role === 'account';
}
