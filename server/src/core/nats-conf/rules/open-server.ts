// A server that asks nobody who they are lets everybody read and write everything. nats-server says nothing about it.
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { type Block, blockOf, blocksOf, isGiven, mayHold, type Setting, settingOf, stringOf } from '../blocks.ts';
import { type ClientAccess, clientAccess, isReadable, type OpenBecause } from '../client-access.ts';
import { insertPairs } from '../insert-pair.ts';
import { isOnOneMachine, type Listener, listenersOf, reachOf } from '../listeners.ts';
import { loopbackEdits } from '../loopback-edits.ts';
import type { NatsConf } from '../model.ts';
import { listenerOf } from '../startup.ts';
import type { Place } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/open-server',
  severity: 'warning',
  since: '0.1.0',
  *check(conf) {
    yield* openToServers(conf);
    const reached = listenersOf(conf).filter(({ kind, block, reach }) => reach === 'network' && !(kind === 'leafnodes' && hasLogin(block)));
    if (reached.length === 0) return;
    const access = clientAccess(conf);
    if (access.kind === 'open') yield* open(conf, access, reached);
    else if (access.kind === 'required') yield* openToTheAnonymous(conf, reached);
  },
});

const risk = 'so everyone who reaches this server reads and writes everything';

const told: Readonly<Record<OpenBecause, string>> = {
  nothing: `Nobody has to log in here: there are no users, ${risk}. Add an \`authorization\` block with users, or listen on 127.0.0.1 only.`,
  'authorization-without-users': `This \`authorization\` names no user, which means that nobody has to log in, ${risk}. Add \`users\`, or listen on 127.0.0.1 only.`,
  'password-without-user': `A password without a \`user\` is not asked for, ${risk}. Add the \`user\` that it belongs to.`,
  'empty-users': `An empty list of users does not shut anybody out: nobody has to log in, ${risk}. Add the users who may come in.`,
  'accounts-without-users': `No account has users, so clients need no login: all of them share the default account \`$G\` and may do everything there. Add \`users\` to the accounts.`,
  'system-users-only': `Only this system account has users, and nats-server lets everyone else into the default account \`$G\` without a login. Add an account with users for the clients.`,
};

function* open(conf: NatsConf, { because, at }: ClientAccess & { kind: 'open' }, reached: readonly Listener[]): Generator<Report> {
  const inAuthorization = because !== 'nothing' && because !== 'accounts-without-users' && because !== 'system-users-only';
  if (!inAuthorization && isFragment(conf, reached)) return;
  const place = at ?? placeWithout(conf, reached);
  if (place) yield { ...place, message: told[because], fix: fixesFor(conf, because, reached) };
}

/** Both change who comes in, so that the person has to agree, and to set the variable. */
function fixesFor(conf: NatsConf, because: OpenBecause, reached: readonly Listener[]): readonly Fix[] {
  const top = conf.root.settings[0];
  if (!top || (because !== 'nothing' && because !== 'authorization-without-users')) return [];
  const users = 'authorization {\n  users: [\n    { user: app, password: $APP_PASSWORD }\n  ]\n}';
  const withUsers: Fix = {
    title: 'Add a user whose password is in the environment variable APP_PASSWORD',
    safety: 'unsafe',
    edits: () => [insertPairs(conf, top, [users])],
  };
  const onLoopback: Fix = {
    title: 'Listen on 127.0.0.1 only',
    safety: 'unsafe',
    edits: () =>
      reached.flatMap(({ setting }) =>
        setting ? (loopbackEdits(setting, 'listen') ?? []) : [insertPairs(conf, top, ['listen: "127.0.0.1:4222"'])],
      ),
  };
  const canMove = reached.every(({ setting }) => !setting || loopbackEdits(setting, 'listen'));
  return [...(because === 'nothing' ? [withUsers] : []), ...(canMove ? [onLoopback] : [])];
}

/** A text that neither says where the server listens nor whom it is would be called open for what another file adds. */
function isFragment({ root }: NatsConf, reached: readonly Listener[]): boolean {
  const alone = root.map.entries.size === 1;
  if (settingOf(root, 'server_name') || reached.some(({ kind, setting }) => setting && !(alone && kind !== 'client'))) return false;
  // With the remote's credentials, a client that nobody asks for its own acts in the hub's account.
  return !blocksOf(blockOf(root, 'leafnodes'), 'remotes').some(remote => isGiven(settingOf(remote, 'credentials')));
}

/** Where one would begin to add users: at a listener, or, where only the default port is open, at the top. */
function placeWithout({ root }: NatsConf, reached: readonly Listener[]): Place | undefined {
  const [first] = reached;
  const own = first?.kind === 'client' ? first.setting : undefined;
  const block = reached.find(({ kind }) => kind !== 'client')?.block.setting;
  return (own ?? block ?? settingOf(root, 'server_name') ?? root.settings[0])?.entry.keyAt;
}

const joined: Readonly<Record<'cluster' | 'gateway', string>> = { cluster: 'routes', gateway: 'gateways' };

/** Servers are asked for a login of their own, which that of clients does not stand in for. A certificate is one too. */
function* openToServers(conf: NatsConf): Generator<Report> {
  const { root } = conf;
  // A block by itself shows how that block is written, as in documentation.
  if (root.map.entries.size === 1 || !isReadable(conf)) return;
  for (const kind of ['cluster', 'gateway'] as const) {
    const block = blockOf(root, kind);
    if (!block?.setting || !listenerOf(block) || reachOf(block) !== 'network') continue;
    if (hasLogin(block) || settingOf(block, 'tls') || mayHold(block)) continue;
    yield {
      ...block.setting.entry.keyAt,
      ...(isOnOneMachine(conf) ? { severity: 'information' as const } : {}),
      message: `Servers join this ${kind} without a login, so whoever reaches its port can join as one more server, and read and write everything in every account. Add \`authorization\` with \`user\` and \`password\` here, and both to the URLs in \`${joined[kind]}\`.`,
    };
  }
}

function hasLogin(block: Block): boolean {
  return settingOf(block, 'authorization') !== undefined;
}

/** Who comes without a login becomes `no_auth_user`: with all rights, that is an open server by another name. */
function* openToTheAnonymous(conf: NatsConf, reached: readonly Listener[]): Generator<Report> {
  const anonymous = stringOf(conf.root, 'no_auth_user');
  if (!anonymous || isFragment(conf, reached)) return;
  const user = conf.users.find(({ name, nkey }) => (name ?? nkey)?.value === anonymous.value);
  if (!user || mayHold(user.block) || settingOf(user.block, 'permissions') || settingOf(user.block, 'allowed_connection_types')) return;
  if (defaultsOf(conf, user.account?.block)) return;
  yield {
    ...anonymous.at,
    message: `Everyone who comes without a login becomes \`${anonymous.value}\`, who may do everything in the account, so this server is open. Give that user \`permissions\`, or remove \`no_auth_user\`.`,
    related: [{ ...(user.name ?? user.nkey ?? { at: user.block.map.at }).at, message: 'This user has no permissions.' }],
  };
}

function defaultsOf({ root }: NatsConf, account: Block | undefined): Setting | undefined {
  return settingOf(account ?? settingOf(root, 'authorization')?.blocks[0], 'default_permissions');
}
