// Under an operator, accounts and users come as JWTs; what a configuration says about them itself stops the start.
import { defineRule, type Report } from '../../lint/rule.ts';
import { blockOf, isGiven, type Setting, settingOf } from '../blocks.ts';
import type { NatsConf } from '../model.ts';
import { isWhole, operatorSetting } from '../startup.ts';

export default defineRule<NatsConf>({
  id: 'nats/operator-conflict',
  severity: 'error',
  stage: 'start',
  since: '0.1.0',
  *check(conf) {
    const operator = operatorSetting(conf);
    if (!operator) {
      yield* sentinel(conf);
      return;
    }
    for (const { setting, message } of conflicts(conf)) {
      yield { ...setting.entry.keyAt, message, related: [{ ...operator.entry.keyAt, message: 'The operator is set here.' }] };
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
  if (mappings?.value.kind === 'map' && mappings.value.entries.size > 0) {
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
  if (keys && holdsSomething(keys)) {
    yield {
      setting: keys,
      message: 'The operator already says whom to trust, so nats-server does not start with `trusted_keys` beside it. Remove one of them.',
    };
  }
}

/** Only an operator makes sense of a sentinel. */
function* sentinel(conf: NatsConf): Generator<Report> {
  const setting = settingOf(conf.root, 'default_sentinel');
  if (!isGiven(setting) || !setting.available || !isWhole(conf)) return;
  yield {
    ...setting.entry.keyAt,
    message:
      'A sentinel is the JWT that clients without one get under an operator, and there is no operator, so nats-server does not start. Use `no_auth_user` instead.',
  };
}

function holdsSomething({ value }: Setting): boolean {
  return value.kind === 'array' ? value.items.length > 0 : value.kind === 'string' && value.value !== '';
}
