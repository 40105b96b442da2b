// One `authorization` block knows one way of logging in: a single user, a token, or a list of users. nats-server refuses mixtures.
import type { Fix, Related } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { type Block, blockOf, isGiven, type Setting, settingOf } from '../blocks.ts';
import type { NatsConf } from '../model.ts';
import { removePairs, textOfFile } from '../source-edits.ts';

export default defineRule<NatsConf>({
  id: 'nats/authorization-conflict',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    const block = blockOf(conf.root, 'authorization');
    if (!block) return;
    const [user, password, token] = ['user', 'password', 'token']
      .map(key => settingOf(block, key))
      .map(found => (isGiven(found) ? found : undefined));
    const single = user ?? password;
    if (token && single) yield tokenAndUser(conf, token, single, [user, password]);
    const others = otherUsers(conf, block);
    if (!others) return;
    if (user) yield userAndUsers(conf, block, user, password, others);
    if (token && !single) {
      yield {
        ...placeOf(token),
        message: `A token and ${others.what} cannot be used together, so nats-server refuses the configuration. Keep the users, and give those who used the token a user of their own.`,
        related: [others.related],
        fix: removeFix(conf, 'Remove the token', [token]),
      };
    }
  },
});

function placeOf({ entry }: Setting): { file: string; span: Report['span'] } {
  return { file: entry.keyAt.file, span: entry.keyAt.span };
}

function tokenAndUser(conf: NatsConf, token: Setting, single: Setting, all: readonly (Setting | undefined)[]): Report {
  return {
    ...placeOf(token),
    message: `A token and a ${single.option.key} cannot stand in one \`authorization\` block, so nats-server refuses the configuration. Keep one way of logging in.`,
    related: [{ ...placeOf(single), message: `The ${single.option.key} stands here.` }],
    fix: [
      removeFix(conf, 'Remove the token', [token]),
      removeFix(
        conf,
        'Remove the user and password',
        all.filter(setting => setting !== undefined),
      ),
    ],
  };
}

interface OtherUsers {
  readonly what: string;
  readonly list: Setting | undefined;
  readonly related: Related;
}

/** A list of users, even an empty one, or a user of any account. */
function otherUsers(conf: NatsConf, block: Block): OtherUsers | undefined {
  const list = settingOf(block, 'users');
  if (list && (list.value.kind === 'array' || list.value.kind === 'unknown')) {
    return { what: 'a list of users', list, related: { ...placeOf(list), message: 'The users stand here.' } };
  }
  const user = conf.users.find(({ account, name, nkey }) => account && (name ?? nkey)?.value);
  const at = user?.name?.at ?? user?.nkey?.at;
  return at && { what: 'users of accounts', list: undefined, related: { ...at, message: 'This user belongs to an account.' } };
}

function userAndUsers(conf: NatsConf, block: Block, user: Setting, password: Setting | undefined, others: OtherUsers): Report {
  const fixes = [
    moveFix(conf, block, user, password, others.list),
    removeFix(conf, 'Remove the single user', password ? [user, password] : [user]),
  ];
  return {
    ...placeOf(user),
    message: `A single user and ${others.what} cannot be used together, so nats-server refuses the configuration. Put this user into ${
      others.list ? 'the list' : 'the `users` of an account'
    }.`,
    related: [others.related],
    fix: fixes.filter(fix => fix !== undefined),
  };
}

function removeFix(conf: NatsConf, title: string, settings: readonly Setting[]): Fix {
  const files = [...new Set(settings.map(({ entry }) => entry.keyAt.file))];
  const pairsIn = (file: string) => settings.filter(({ entry }) => entry.keyAt.file === file).map(({ entry }) => entry.node.span);
  return { title, safety: 'unsafe', edits: () => files.flatMap(file => removePairs(conf, file, pairsIn(file))) };
}

/** Makes the single user the first of the list. */
function moveFix(conf: NatsConf, block: Block, user: Setting, password: Setting | undefined, list: Setting | undefined): Fix | undefined {
  const value = list?.value;
  const { file } = user.entry.keyAt;
  if (value?.kind !== 'array' || value.via || value.at.file !== file || block.map.origin.file !== file) return undefined;
  const text = textOfFile(conf, file);
  const pairs = [user, ...(password ? [password] : [])].map(({ entry }) => text.slice(entry.node.span.start, entry.node.span.end));
  const at = value.node.open.end;
  const entry = ` { ${pairs.join(', ')} }${value.items.length > 0 ? ',' : ' '}`;
  return {
    title: 'Move the user into the list',
    safety: 'unsafe',
    edits: () => [
      ...removePairs(
        conf,
        file,
        [user, ...(password ? [password] : [])].map(one => one.entry.node.span),
      ),
      { file, span: { start: at, end: at }, newText: entry },
    ],
  };
}
