// `no_auth_user` names a user that must exist, or the server does not start.
import { behaves } from '../../facts/nats-behaviors.ts';
import { nearest } from '../../lint/nearest.ts';
import { defineRule } from '../../lint/rule.ts';
import { blockOf, settingOf } from '../blocks.ts';
import type { NatsConf } from '../model.ts';
import { listens, mayHaveMoreUsers, operatorSetting } from '../startup.ts';

export default defineRule<NatsConf>({
  id: 'nats/no-auth-user-unknown',
  severity: 'error',
  stage: 'start',
  since: '0.1.0',
  *check(conf) {
    const operator = operatorSetting(conf);
    const owners = [
      conf.root,
      ...(['websocket', 'mqtt'] as const).flatMap(key => (listens(conf, key) ? (blockOf(conf.root, key) ?? []) : [])),
    ];
    for (const owner of owners) {
      const setting = settingOf(owner, 'no_auth_user');
      const wanted = setting?.value;
      if (!setting || wanted?.kind !== 'string' || wanted.value === '') continue;
      if (operator) {
        yield {
          ...setting.entry.keyAt,
          message:
            'Under an operator every user comes with a JWT, so nobody can be let in without one and nats-server does not start. Remove `no_auth_user`; a bearer JWT in `default_sentinel` does that job there.',
          related: [{ ...operator.entry.keyAt, message: 'The operator is set here.' }],
        };
        continue;
      }
      if (mayHaveMoreUsers(conf) || isUser(conf, wanted.value)) continue;
      const names = namesOf(conf);
      const near = nearest(wanted.value, names);
      yield {
        ...wanted.at,
        message: `No user is called \`${wanted.value}\`, so there is nobody that clients without credentials could become and nats-server does not start. ${
          near
            ? `Did you mean \`${near}\`?`
            : names.length > 0
              ? 'Name one of the users, or add this one.'
              : 'Add a `users` list with this user, in `authorization` or in an account; the single `user` of `authorization` does not count.'
        }`,
        ...(near
          ? {
              fix: {
                title: `Replace by ${near}`,
                safety: 'unsafe' as const,
                edits: () => [{ ...wanted.origin, newText: near }],
              },
            }
          : {}),
      };
    }
  },
});

function isUser(conf: NatsConf, name: string): boolean {
  if (conf.users.some(user => !user.name && !user.nkey)) return true; // A name from the environment could be this one.
  return namesOf(conf).includes(name);
}

function namesOf(conf: NatsConf): string[] {
  const nkeysCount = behaves(conf.version, 'no-auth-user-nkey');
  return conf.users.flatMap(({ name, nkey }) => (name ? [name.value] : nkey && nkeysCount ? [nkey.value] : []));
}
