// NATS servers on the map: who logs in where, what each may do, and what crosses the borders of accounts.
import { decodeNatsJwt } from '../../nats-auth/decode.ts';
import type { SubjectPermission } from '../../nats-auth/permission.ts';
import { coversSubject } from '../../nats-auth/subject.ts';
import { type Export, exportsOf, type Import, importsOf } from '../../nats-conf/account-exchange.ts';
import type { Account } from '../../nats-conf/accounts.ts';
import { blockOf, isGiven, settingOf, stringOf } from '../../nats-conf/blocks.ts';
import { certificateDemanded, clientAccess } from '../../nats-conf/client-access.ts';
import { listenersOf } from '../../nats-conf/listeners.ts';
import type { NatsConf } from '../../nats-conf/model.ts';
import { publishingInWords } from '../../nats-conf/permission-words.ts';
import { operatorSetting } from '../../nats-conf/startup.ts';
import { isSystemAccount } from '../../nats-conf/system-account.ts';
import { type ConfUser, globalAccount, usersOf } from '../../nats-conf/user-access.ts';
import { grouped } from '../../text/group.ts';
import type { Place } from '../../text/place.ts';
import { enumerated } from '../../text/prose.ts';
import { mainConfigurations } from '../nats-programs.ts';
import type { WorkspaceView } from '../view.ts';
import { counted, factsOf, type MapFact, type MapNode, mapNode, named } from './map-node.ts';
import { linksBetween, type ServerLink, serverLinks, serverName } from './server-links.ts';

export function natsServers(view: WorkspaceView): readonly MapNode[] {
  const confs = mainConfigurations(view);
  const links = linksBetween(confs);
  return confs.map(conf => serverNode(conf, links));
}

/** The beginning of a configuration. */
export function placeOf({ file }: NatsConf): Place {
  return { file, span: { start: 0, end: 0 } };
}

function serverNode(conf: NatsConf, links: readonly ServerLink[]): MapNode {
  return {
    kind: 'server',
    name: serverName(conf),
    facts: factsOf(...accessOf(conf), reachOf(conf)),
    at: placeOf(conf),
    extent: conf.evaluation.files.map(({ file }) => ({ file: file.id, span: { start: 0, end: file.text.length } })),
    children: [...accountNodes(conf), ...signedAccounts(conf), ...serverLinks(conf, links)],
  };
}

/** How clients are let in. */
function accessOf(conf: NatsConf): readonly (string | MapFact | false)[] {
  const { root } = conf;
  const access = clientAccess(conf);
  if (access.kind === 'open') return [{ text: 'anyone may connect, without credentials', at: access.at }];
  const users = usersOf(conf);
  const accounts = new Set(users.map(({ account }) => account));
  const authorization = blockOf(root, 'authorization');
  const token = settingOf(authorization, 'token');
  const callout = blockOf(authorization, 'auth_callout');
  const open = stringOf(root, 'no_auth_user');
  return [
    users.length > 0 && `${counted(users.length, 'user')} in ${counted(accounts.size, 'account')} may log in`,
    isGiven(token) && { text: 'one token lets any client in', at: token.entry.keyAt },
    operatorSetting(conf) !== undefined && operatorInWords(conf),
    certificateDemanded(root) && 'clients have to show a certificate',
    callout !== undefined && {
      text: `a callout service in account \`${stringOf(callout, 'account')?.value ?? globalAccount}\` decides about logins`,
      at: callout.setting?.entry.keyAt,
    },
    open !== undefined && { text: `whoever has no credentials is \`${open.value}\``, at: open.at },
    access.kind === 'unknown' && 'a part of who may log in is not written here',
  ];
}

function operatorInWords({ operatorMode }: NatsConf): string {
  const names = (operatorMode?.operators ?? []).flatMap(({ claims }) => claims?.standard.name ?? []);
  return `users bring JWTs that accounts of ${names.length > 0 ? `operator ${named(names)}` : 'its operator'} have signed`;
}

/** Who can reach it over the network. */
function reachOf(conf: NatsConf): string {
  const words = { client: 'clients', websocket: 'WebSocket clients', mqtt: 'MQTT clients', leafnodes: 'leaf nodes' };
  const reaches = {
    loopback: 'from this machine only',
    network: 'from other machines too',
    unknown: 'on an address that is not written here',
  };
  const byReach = grouped(listenersOf(conf), ({ reach }) => reaches[reach ?? 'unknown']);
  return [...byReach].map(([from, listeners]) => `takes ${enumerated(listeners.map(({ kind }) => words[kind]))} ${from}`).join('; ');
}

function accountNodes(conf: NatsConf): readonly MapNode[] {
  const users = usersOf(conf);
  const own = conf.accounts.map(account => {
    const setting = account.block?.name;
    const within = users.filter(user => user.account === account.name);
    return mapNode({
      kind: 'account',
      name: account.name,
      facts: factsOf(isSystemAccount(conf, account) && 'the system account', within.length === 0 && 'no users are written here'),
      at: account.nameAt,
      extent: setting ? [{ file: setting.keyAt.file, span: setting.node.span }] : [account.nameAt],
      children: [
        ...within.map(userNode),
        ...exportsOf(account).map(one => exportNode(one, conf)),
        ...importsOf(account).map(one => importNode(one, conf)),
      ],
    });
  });
  const others = users.filter(({ account }) => account === globalAccount);
  if (others.length === 0) return own;
  const facts = factsOf('the account of everybody who is in no other');
  return [...own, mapNode({ kind: 'account', name: globalAccount, facts, at: undefined, children: others.map(userNode) })];
}

function userNode(user: ConfUser): MapNode {
  const permissions = user.granted?.permissions ?? {};
  return mapNode({
    kind: stringOf(user.block, 'user')?.value ? 'user' : 'nkey user',
    name: user.name,
    facts: factsOf(
      user.granted === undefined
        ? 'may publish and subscribe to everything'
        : `may publish ${publishingInWords(permissions, patternsInWords)}`,
      user.granted !== undefined && `may subscribe to ${patternsInWords(permissions.subscribe)}`,
      user.source === 'default' && 'by the default permissions',
      user.ignored !== undefined && { text: 'permissions that are written here are not applied', at: user.ignored.entry.keyAt },
    ),
    at: user.at,
    extent: [{ file: user.at.file, span: user.block.map.node.span }],
  });
}

function patternsInWords(list: SubjectPermission | undefined): string {
  const { allow = [], deny = [] } = list ?? {};
  const subjects = (entries: SubjectPermission['allow']) => entries.map(({ subject, queue }) => (queue ? `${subject} ${queue}` : subject));
  if (deny.some(({ subject, queue }) => subject === '>' && queue === undefined)) return 'nothing';
  return `${allow.length === 0 ? 'everything' : named(subjects(allow))}${deny.length === 0 ? '' : `, but not ${named(subjects(deny))}`}`;
}

function exportNode(one: Export, conf: NatsConf): MapNode {
  const importers = conf.accounts.flatMap(account => importsOf(account).filter(each => exportOf(each, conf) === one));
  return mapNode({
    kind: 'export',
    name: `${one.kind} ${one.subject.value}`,
    facts: factsOf(
      one.accounts ? `for ${named(one.accounts.map(({ value }) => value))}` : 'for every account',
      ...importers.map(({ account, subject }) => ({ text: `imported by \`${account.name}\``, at: subject.at })),
    ),
    at: one.subject.at,
    extent: [{ file: one.subject.at.file, span: one.block.map.node.span }],
  });
}

function importNode(one: Import, conf: NatsConf): MapNode {
  const source = exportOf(one, conf);
  const exporter = conf.accounts.find(({ name }) => name === one.from.value);
  return mapNode({
    kind: 'import',
    name: `${one.kind} ${one.subject.value}`,
    facts: factsOf({
      text: `from account \`${one.from.value}\`${source ? '' : ', which exports nothing of the kind'}`,
      at: source?.subject.at ?? exporter?.nameAt,
    }),
    at: one.subject.at,
    extent: [{ file: one.subject.at.file, span: one.block.map.node.span }],
  });
}

function exportOf({ from, kind, subject }: Import, { accounts }: NatsConf): Export | undefined {
  const exporter: Account | undefined = accounts.find(({ name }) => name === from.value);
  return exporter && exportsOf(exporter).find(one => one.kind === kind && coversSubject(one.subject.value, subject.value));
}

/** Accounts whose JWTs stand in the configuration. */
function signedAccounts({ operatorMode, root }: NatsConf): readonly MapNode[] {
  return (operatorMode?.preload ?? []).map(({ key, value }) => {
    const decoded = decodeNatsJwt(value.value);
    const claims = 'claims' in decoded && decoded.claims.kind === 'account' ? decoded.claims : undefined;
    return mapNode({
      kind: 'account',
      name: claims?.standard.name || key,
      facts: factsOf(
        key === operatorMode?.systemAccount && 'the system account',
        claims?.standard.name !== undefined && `key \`${key}\``,
        claims === undefined && 'its JWT cannot be read',
        settingOf(root, 'resolver') === undefined && 'without a resolver to look it up',
      ),
      at: value.at,
    });
  });
}
