// `auth_callout` hands logins to a service of one's own; without knowing whom to trust and whom not to ask about, nats-server refuses it.
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { isPublicNkey, type NkeyRole, readNkey } from '../../nats-auth/nkey.ts';
import { type Block, mayHold, type Setting, settingOf, settingsOf, stringOf } from '../blocks.ts';
import { insertPairs } from '../insert-pair.ts';
import { blocksNamed, type NatsConf } from '../model.ts';
import { asValue } from '../source-edits.ts';
import type { Place } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/auth-callout-invalid',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    for (const block of blocksNamed(conf, 'auth_callout')) {
      if (block.setting?.available === false) continue;
      const issuers = settingsOf(block, 'issuer');
      const users = settingOf(block, 'auth_users');
      for (const issuer of issuers) {
        yield* judgeKey(issuer, 'account', 'the public key of an account (A…), whose seed your service signs its answers with');
      }
      if (issuers.length === 0 && !mayHold(block)) {
        yield {
          ...headOf(block),
          message:
            'nats-server must know whose answers it may trust, so it refuses an `auth_callout` without `issuer`. Write the public key (A…) of the account key that your service signs with.',
        };
      }
      for (const xkey of settingsOf(block, 'xkey')) yield* judgeKey(xkey, 'curve', 'a public curve key of your service (X…)');
      const empty = users?.value.kind === 'array' && users.value.items.length === 0;
      if (empty || (!users && !mayHold(block))) {
        yield {
          ...(users?.entry.keyAt ?? headOf(block)),
          message:
            'The service itself must be able to log in, so nats-server refuses an `auth_callout` without `auth_users`. Write the name (or public nkey) of the user that your service connects as, in brackets.',
          fix: userFixes(conf, block, users),
        };
      }
    }
  },
});

function* judgeKey({ value, entry }: Setting, role: NkeyRole, what: string): Generator<Report> {
  if (value.kind !== 'string' || isPublicNkey(value.value, role)) return;
  const key = readNkey(value.value);
  // Seeds have a rule of their own.
  if (key && key.kind !== 'public') return;
  const why = key
    ? 'this is a key of another kind'
    : /^[A-Z][A-Z2-7]{55}$/.test(value.value)
      ? 'the checksum of this one is wrong'
      : 'this is no such key';
  yield {
    ...value.at,
    message: `\`${entry.key}\` takes ${what}; ${why}, so nats-server refuses the configuration. Copy the right one.`,
  };
}

/** One fix for each user that may be the service: those of the account that it works in, `$G` where none is named. */
function userFixes(conf: NatsConf, block: Block, given: Setting | undefined): Fix[] {
  const account = stringOf(block, 'account')?.value ?? '$G';
  const beside = given ?? block.settings[0];
  if (!beside || given?.value.via) return [];
  return conf.users.flatMap(({ name, nkey, account: own }): Fix[] => {
    const user = (name ?? nkey)?.value;
    if (user === undefined || (own?.name ?? '$G') !== account) return [];
    const list = `[ ${asValue(user)} ]`;
    return [
      {
        title: `Name ${user} in auth_users`,
        safety: 'unsafe',
        edits: () => [
          given
            ? { file: given.value.origin.file, span: given.value.origin.span, newText: list }
            : insertPairs(conf, beside, [`auth_users: ${list}`]),
        ],
      },
    ];
  });
}

function headOf({ map, setting }: Block): Place {
  return setting?.entry.keyAt ?? map.at;
}
