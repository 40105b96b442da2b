// Permissions that look as if they limited somebody and do not.
import { defineRule, type Report } from '../../lint/rule.ts';
import type { Edit } from '../../text/edit.ts';
import { textOf } from '../../text/span.ts';
import { type Block, isGiven, type Setting, settingOf } from '../blocks.ts';
import { byPart } from '../by-part.ts';
import { blocksNamed, type NatsConf } from '../model.ts';
import { indentAt, removePair, removePairs, restOfOwnLine, textOfFile } from '../source-edits.ts';
import { mayHaveMoreUsers } from '../startup.ts';

export default defineRule<NatsConf>({
  id: 'nats/permissions-ignored',
  severity: 'warning',
  since: '0.1.0',
  *check(conf, context) {
    yield* ofAuthorization(conf);
    yield* ofUsers(conf, context);
  },
});

const ofUsers = byPart(function* (conf) {
  for (const user of blocksNamed(conf, 'user')) {
    const setting = settingOf(user, 'permissions');
    if (setting && isEmpty(setting)) yield reportEmpty(conf, user, setting);
  }
});

/** Defaults of `authorization` are for its own list of users, and for nobody else. */
function* ofAuthorization(conf: NatsConf): Generator<Report> {
  const block = settingOf(conf.root, 'authorization')?.blocks[0];
  const defaults = settingOf(block, 'default_permissions');
  if (!block || !defaults) return;
  const single = (['user', 'token'] as const).find(key => isGiven(settingOf(block, key)));
  if (single) {
    yield {
      ...defaults.entry.keyAt,
      message: `nats-server does not apply permissions to a single ${single}, so whoever logs in with it may do everything. Write the ${single === 'user' ? 'user' : 'clients'} as an entry of \`users\`, and the permissions into that entry.`,
      ...(single === 'user' ? listed(conf, block, defaults) : {}),
    };
    return;
  }
  if (settingOf(block, 'users') || conf.users.length === 0 || mayHaveMoreUsers(conf)) return;
  const open = conf.users.find(
    ({ block: user, account }) => !settingOf(user, 'permissions') && !settingOf(account?.block, 'default_permissions'),
  );
  if (!open) return;
  yield {
    ...defaults.entry.keyAt,
    message:
      'These defaults are for users of this block, and it has none: users in `accounts` are not limited by them and may do everything. Write `default_permissions` into the accounts.',
    related: [{ ...(open.name ?? open.nkey ?? { at: open.block.map.at }).at, message: 'This user has no permissions.' }],
  };
}

/** The user as the only entry of a list, with its permissions. */
function listed(conf: NatsConf, block: Block, defaults: Setting): Pick<Report, 'fix'> {
  const [user, password] = ['user', 'password'].map(key => settingOf(block, key));
  const pairs = [user, password, defaults].flatMap(setting => setting?.entry ?? []);
  const files = new Set(pairs.map(({ keyAt }) => keyAt.file));
  if (!user || files.size > 1) return {};
  const { keyAt, node } = user.entry;
  const edits = (): Edit[] => {
    const text = textOfFile(conf, keyAt.file);
    const words = pairs.map(({ node }) =>
      node === defaults.entry.node ? `permissions: ${textOf(text, node.value.span)}` : textOf(text, node.span),
    );
    const indent = `\n${indentAt(text, node.span.start)}`;
    const entry = `{ ${words.join(', ')} }`;
    const newText = restOfOwnLine(text, node.span) === undefined ? `users: [ ${entry} ]` : `users: [${indent}  ${entry}${indent}]`;
    const others = pairs.flatMap(pair => (pair === user.entry ? [] : [pair.node.span]));
    return [{ file: keyAt.file, span: node.span, newText }, ...removePairs(conf, keyAt.file, others)];
  };
  return { fix: { title: 'Write the user and its permissions into a list', safety: 'unsafe', edits } };
}

function isEmpty({ value }: Setting): boolean {
  return value.kind === 'map' && !value.incomplete && value.list.length === 0;
}

function reportEmpty(conf: NatsConf, user: Block, setting: Setting): Report {
  const defaults = defaultsFor(user);
  const { keyAt, node } = setting.entry;
  return {
    ...keyAt,
    message: defaults
      ? 'Empty permissions limit nothing, and they keep the defaults away from this user, who may do everything. Remove them, or list what the user may do.'
      : 'Empty permissions limit nothing, so this user may do everything. List what the user may do.',
    ...(defaults ? { related: [{ ...defaults.entry.keyAt, message: 'These defaults would apply without them.' }] } : {}),
    ...(defaults
      ? {
          fix: { title: 'Remove the empty permissions', safety: 'unsafe' as const, edits: () => [removePair(conf, keyAt.file, node.span)] },
        }
      : {}),
  };
}

function defaultsFor(user: Block): Setting | undefined {
  return settingOf(user.setting?.block, 'default_permissions');
}
