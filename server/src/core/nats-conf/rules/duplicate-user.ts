// User names and nkeys are unique in the whole server, across accounts. A second one keeps it from starting.
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { blocksOf, stringOf } from '../blocks.ts';
import { blocksNamed, type NatsConf } from '../model.ts';
import { removePair } from '../source-edits.ts';
import type { EvaluatedMap, Place } from '../values.ts';

interface Named {
  readonly name: string;
  readonly at: Place;
  readonly map: EvaluatedMap;
  readonly what: string;
  readonly owner: string;
}

export default defineRule<NatsConf>({
  id: 'nats/duplicate-user',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    const named: Named[] = [];
    for (const { block, account, name, nkey } of conf.users) {
      const text = nkey?.value ? nkey : name;
      if (!text?.value) continue;
      const owner = account ? `account \`${account.name}\`` : '`authorization`';
      named.push({ name: text.value, at: text.at, map: block.map, what: text === nkey ? 'nkey' : 'user name', owner });
    }
    yield* repeated(conf, named);
    for (const block of blocksNamed(conf, 'leafnode_authorization')) yield* repeated(conf, leafUsers(blocksOf(block, 'users')));
  },
});

function leafUsers(users: ReturnType<typeof blocksOf>): Named[] {
  return users.flatMap(block => {
    const name = stringOf(block, 'user');
    return name ? [{ name: name.value, at: name.at, map: block.map, what: 'user name', owner: 'the leafnodes' }] : [];
  });
}

function* repeated(conf: NatsConf, users: readonly Named[]): Generator<Report> {
  const seen = new Map<string, Named>();
  for (const user of users) {
    const first = seen.get(user.name);
    if (!first) seen.set(user.name, user);
    else {
      const where = first.owner === user.owner ? `more than once in ${user.owner}` : `in ${first.owner} and in ${user.owner}`;
      yield {
        ...user.at,
        message: `The same ${user.what} stands ${where}; they must be unique in the whole server, so nats-server refuses the configuration. Rename or remove one.`,
        related: [{ ...first.at, message: 'It stands here first.' }],
        ...removeFix(conf, user),
      };
    }
  }
}

/** Only where the entry is written out in a list: what comes through a variable is used elsewhere too. */
function removeFix(conf: NatsConf, { map }: Named): { fix?: Fix } {
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
