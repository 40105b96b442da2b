// Under an operator, accounts and users come as JWTs; what a configuration says about them itself stops the start.
import { defineRule, type Report } from '../../lint/rule.ts';
import { decodeNatsJwt } from '../../nats-auth/decode.ts';
import { isPublicNkey } from '../../nats-auth/nkey.ts';
import { blockOf, holdsStrings, isGiven, type Setting, settingOf } from '../blocks.ts';
import type { NatsConf } from '../model.ts';
import { removePair } from '../source-edits.ts';
import { isWhole, operatorSetting } from '../startup.ts';
import { systemAccountSetting } from '../system-account.ts';

export default defineRule<NatsConf>({
  id: 'nats/operator-conflict',
  severity: 'error',
  stage: 'start',
  since: '0.1.0',
  *check(conf) {
    const operator = operatorSetting(conf);
    yield* sentinel(conf, operator);
    if (!operator) return;
    yield* otherSystemAccount(conf);
    for (const { setting, message } of conflicts(conf)) {
      const { keyAt, key, node } = setting.entry;
      // Accounts, users and mappings have to be made as JWTs first; what the operator already says is only in the way.
      const fix = { title: `Remove ${key}`, safety: 'unsafe', edits: () => [removePair(conf, keyAt.file, node.span)] } as const;
      const related = [{ ...operator.entry.keyAt, message: 'The operator is set here.' }];
      yield { ...keyAt, message, related, ...(setting.option.key === 'trusted_keys' ? { fix } : {}) };
    }
  },
});

function* conflicts(conf: NatsConf): Generator<{ setting: Setting; message: string }> {
  const { root } = conf;
  const accounts = settingOf(root, 'accounts');
  if (accounts && conf.accounts.length > 0) {
    yield {
      setting: accounts,
      message:
        'Under an operator every account is a JWT that the operator signed, so nats-server does not start with `accounts` in the configuration. Remove it and make the accounts with `nsc add account`.',
    };
  }
  const mappings = settingOf(root, 'mappings');
  // Even an empty one makes that account.
  if (mappings?.value.kind === 'map') {
    yield {
      setting: mappings,
      message:
        'Top-level `mappings` belong to the account $G, which does not exist under an operator, so nats-server does not start. Move them into the JWT of an account (`nsc add mapping`).',
    };
  }
  const authorization = blockOf(root, 'authorization');
  const users = settingOf(authorization, 'users');
  if (users && conf.users.some(user => !user.account)) {
    yield {
      setting: users,
      message:
        'Under an operator every user brings a JWT, so nats-server does not start with `users` in the configuration. Remove them and make the users with `nsc add user`.',
    };
  }
  const callout = settingOf(authorization, 'auth_callout');
  if (callout?.available && callout.value.kind === 'map') {
    yield {
      setting: callout,
      message:
        'Under an operator the callout is set in the JWT of an account (`nsc edit authcallout`), and nats-server does not start with `auth_callout` in the configuration. Remove it here.',
    };
  }
  const keys = settingOf(root, 'trusted_keys');
  if (holdsStrings(keys)) {
    yield {
      setting: keys,
      message: 'The operator already says whom to trust, so nats-server does not start with `trusted_keys` beside it. Remove one of them.',
    };
  }
}

/** What the operator's JWT says must be what the configuration says. */
function* otherSystemAccount({ root, operatorMode }: NatsConf): Generator<Report> {
  const setting = systemAccountSetting(root);
  const operators = operatorMode?.operators ?? [];
  if (setting?.value.kind !== 'string' || setting.value.value === '' || operators.length === 0) return;
  const own = setting.value.value;
  const theirs = operators.map(({ claims }) => (claims ? (claims.nats.system_account ?? '') : own));
  if (theirs.includes(own) || theirs.every(name => name === '')) return;
  const [name, ...more] = new Set(theirs.filter(one => one !== ''));
  const { at, via } = setting.value;
  yield {
    ...at,
    message:
      'The JWT of the operator names another system account, so nats-server does not start. Write the public key that the operator has (`nsc describe operator`), or leave this line out.',
    ...(name !== undefined && more.length === 0 && !via && isPublicNkey(name, 'account')
      ? { fix: { title: 'Write the account that the operator names', safety: 'unsafe', edits: () => [{ ...at, newText: name }] } }
      : {}),
  };
}

/** Only an operator makes sense of a sentinel, which must be the JWT of a user whom nobody has to trust. */
function* sentinel(conf: NatsConf, operator: Setting | undefined): Generator<Report> {
  const setting = settingOf(conf.root, 'default_sentinel');
  if (!isGiven(setting) || !setting.available || !isWhole(conf)) return;
  if (!operator) {
    yield {
      ...setting.entry.keyAt,
      message:
        'A sentinel is the JWT that clients without one get under an operator, and there is no operator, so nats-server does not start. Use `no_auth_user` instead.',
    };
  } else if (setting.value.kind === 'string') {
    const why = sentinelProblem(setting.value.value);
    if (why) yield { ...setting.value.at, message: `${why}, so nats-server does not start. Make it with \`nsc add user --bearer\`.` };
  }
}

function sentinelProblem(token: string): string | undefined {
  const decoded = decodeNatsJwt(token);
  if (!('claims' in decoded) || decoded.claims.kind !== 'user') return 'A sentinel is the JWT of a user, and this is none';
  const { nats } = decoded.claims;
  if (nats.bearer_token) return undefined;
  // A user of a scoped signing key has nothing of its own, and the key's template may make it a bearer.
  const mayBeScoped = Boolean(nats.issuer_account) && ![nats.subs, nats.data, nats.payload].some(limit => limit);
  return mayBeScoped ? undefined : 'Clients that get the sentinel have no key to prove who they are, and this user is no bearer';
}
