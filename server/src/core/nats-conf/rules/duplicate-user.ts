// User names and nkeys are unique in the whole server, across accounts. A second one keeps it from starting.
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import type { User } from '../accounts.ts';
import { type Block, blocksOf, stringOf } from '../blocks.ts';
import { blocksNamed, type NatsConf } from '../model.ts';
import { removePair } from '../source-edits.ts';

export default defineRule<NatsConf>({
  id: 'nats/duplicate-user',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    yield* repeated(
      conf,
      conf.users.filter(user => identityOf(user)?.value),
      '`authorization`',
    );
    for (const block of blocksNamed(conf, 'leafnode_authorization')) yield* repeated(conf, leafUsers(block), 'the leafnodes');
  },
});

function leafUsers(authorization: Block): User[] {
  return blocksOf(authorization, 'users').map(block => ({ block, account: undefined, name: stringOf(block, 'user'), nkey: undefined }));
}

function identityOf({ name, nkey }: User): User['name'] {
  return nkey?.value ? nkey : name;
}

/** `elsewhere`: where users are that belong to no account. */
function* repeated(conf: NatsConf, users: readonly User[], elsewhere: string): Generator<Report> {
  const seen = new Map<string, User>();
  const ownerOf = ({ account }: User) => (account ? `account \`${account.name}\`` : elsewhere);
  for (const user of users) {
    const text = identityOf(user);
    if (!text) continue;
    const first = seen.get(text.value);
    if (!first) {
      seen.set(text.value, user);
      continue;
    }
    const owners = [ownerOf(first), ownerOf(user)];
    const where = owners[0] === owners[1] ? `more than once in ${owners[1]}` : `in ${owners[0]} and in ${owners[1]}`;
    yield {
      ...text.at,
      message: `The same ${text === user.nkey ? 'nkey' : 'user name'} stands ${where}; each may stand only once in the whole server, so nats-server refuses the configuration. Rename or remove one.`,
      related: [{ ...(identityOf(first) ?? text).at, message: 'It stands here first.' }],
      ...removeFix(conf, user.block),
    };
  }
}

/** Only where the entry is written out in a list: what comes through a variable is used elsewhere too. */
function removeFix(conf: NatsConf, { map }: Block): { fix?: Fix } {
  const { file, span } = map.at;
  if (map.via) return {};
  return {
    fix: {
      title: 'Remove this entry',
      safety: 'unsafe',
      edits: () => [removePair(conf, file, span)],
    },
  };
}
