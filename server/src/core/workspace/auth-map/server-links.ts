// Servers that log in to one another, on the map: leaf nodes, gateways and routes.
import { parseUrl } from '../../nats-auth/go-url.ts';
import { splitHostPort } from '../../nats-conf/address.ts';
import { type Block, blockOf, blocksOf, settingOf, stringOf } from '../../nats-conf/blocks.ts';
import type { NatsConf } from '../../nats-conf/model.ts';
import { listenerOf } from '../../nats-conf/startup.ts';
import { stringsIn } from '../../nats-conf/strings.ts';
import { globalAccount } from '../../nats-conf/user-access.ts';
import { nameOf } from '../../text/file-id.ts';
import type { Place } from '../../text/place.ts';
import { portOf } from '../server-groups.ts';
import { factsOf, type MapNode, mapNode, named } from './map-node.ts';

/** What a server is called: by itself, or by its file. */
export function serverName({ root, file }: NatsConf): string {
  return stringOf(root, 'server_name')?.value || nameOf(file);
}

/** A remote of one server that leads to the leaf node listener of another. */
export interface ServerLink {
  readonly from: NatsConf;
  readonly remote: Block;
  readonly to: NatsConf;
}

/** Which server of the workspace a remote means: the one of that name, or the only one that takes leaf nodes on that port. */
export function linksBetween(confs: readonly NatsConf[]): readonly ServerLink[] {
  const hubs = confs.filter(({ root }) => portOf(blockOf(root, 'leafnodes')) !== undefined);
  return confs.flatMap(from =>
    blocksOf(blockOf(from.root, 'leafnodes'), 'remotes').flatMap((remote): ServerLink[] => {
      const fitting = hubs.filter(
        to => to !== from && addressesOf(remote, 'url').some(({ port }) => port === portOf(blockOf(to.root, 'leafnodes'))),
      );
      const called = fitting.filter(({ root }) =>
        addressesOf(remote, 'url').some(({ host }) => host.split('.')[0] === stringOf(root, 'server_name')?.value),
      );
      const [to, ...others] = called.length > 0 ? called : fitting;
      return to && others.length === 0 ? [{ from, remote, to }] : [];
    }),
  );
}

/** Entries for what connects a server with others. */
export function serverLinks(conf: NatsConf, links: readonly ServerLink[]): readonly MapNode[] {
  const leafnodes = blockOf(conf.root, 'leafnodes');
  const remotes = blocksOf(leafnodes, 'remotes').map(remote =>
    remoteNode(
      remote,
      links.find(link => link.remote === remote),
    ),
  );
  return [...leafListener(conf, leafnodes, links), ...remotes, ...gatewayNodes(conf), ...clusterNodes(conf)];
}

function leafListener(conf: NatsConf, leafnodes: Block | undefined, links: readonly ServerLink[]): readonly MapNode[] {
  const listener = listenerOf(leafnodes);
  if (!leafnodes || !listener) return [];
  const authorization = blockOf(leafnodes, 'authorization');
  const users = authorization ? [authorization, ...blocksOf(authorization, 'users')].flatMap(leafUser) : [];
  const incoming = links.filter(({ to }) => to === conf);
  return [
    mapNode({
      kind: 'leaf node listener',
      name: `port ${portOf(leafnodes) ?? 'unknown'}`,
      facts: factsOf(
        !authorization && 'leaf nodes log in as users of the accounts above',
        ...incoming.map(({ from, remote }) => ({
          text: `\`${serverName(from)}\` connects to it`,
          at: placeIn(remote),
        })),
      ),
      at: listener.entry.keyAt,
      extent: extentOf(leafnodes),
      children: users,
    }),
  ];
}

function leafUser(block: Block): readonly MapNode[] {
  const user = stringOf(block, 'user');
  if (!user) return [];
  const facts = factsOf(`is bound to account \`${stringOf(block, 'account')?.value ?? globalAccount}\``);
  return [mapNode({ kind: 'leaf node user', name: user.value, facts, at: user.at, extent: extentOf(block) })];
}

function remoteNode(remote: Block, link: ServerLink | undefined): MapNode {
  const addresses = addressesOf(remote, 'url');
  const credentials = stringOf(remote, 'credentials');
  const to = link && { text: `connects to \`${serverName(link.to)}\``, at: placeIn(blockOf(link.to.root, 'leafnodes')) };
  return mapNode({
    kind: 'leaf node remote',
    name: addresses.map(({ host, port }) => `${host}:${port}`).join(', ') || 'without an address',
    facts: factsOf(
      to,
      `for account \`${stringOf(remote, 'account')?.value ?? globalAccount}\``,
      loginOf(addresses),
      credentials && `logs in with \`${nameOf(credentials.value)}\``,
      settingOf(remote, 'nkey') !== undefined && 'logs in with an nkey',
    ),
    at: placeIn(remote),
    extent: extentOf(remote),
  });
}

function gatewayNodes({ root }: NatsConf): readonly MapNode[] {
  const gateway = blockOf(root, 'gateway');
  if (!gateway) return [];
  const login = stringOf(blockOf(gateway, 'authorization'), 'user');
  return [
    mapNode({
      kind: 'gateway',
      name: stringOf(gateway, 'name')?.value ?? 'without a name',
      facts: factsOf(login ? `other clusters log in as \`${login.value}\`` : 'other clusters need no login'),
      at: gateway.setting?.entry.keyAt,
      extent: extentOf(gateway),
      children: blocksOf(gateway, 'gateways').map(remote => {
        const addresses = [...addressesOf(remote, 'url'), ...addressesOf(remote, 'urls')];
        return mapNode({
          kind: 'remote gateway',
          name: stringOf(remote, 'name')?.value ?? 'without a name',
          facts: factsOf(addresses.length > 0 && `at ${named(addresses.map(({ host, port }) => `${host}:${port}`))}`, loginOf(addresses)),
          at: placeIn(remote),
          extent: extentOf(remote),
        });
      }),
    }),
  ];
}

function clusterNodes({ root }: NatsConf): readonly MapNode[] {
  const cluster = blockOf(root, 'cluster');
  if (!cluster) return [];
  const login = stringOf(blockOf(cluster, 'authorization'), 'user');
  const routes = addressesOf(cluster, 'routes');
  return [
    mapNode({
      kind: 'cluster',
      name: stringOf(cluster, 'name')?.value ?? 'without a name',
      facts: factsOf(
        login ? `routes log in as \`${login.value}\`` : 'routes need no login',
        routes.length > 0 && `routes to ${named(routes.map(({ host, port }) => `${host}:${port}`))}`,
      ),
      at: cluster.setting?.entry.keyAt,
      extent: extentOf(cluster),
    }),
  ];
}

interface Address {
  readonly host: string;
  readonly port: string;
  /** Name in front of the `@`. A text without a colon there is a token, which is a secret. */
  readonly user: string | undefined;
}

function addressesOf(block: Block, key: string): readonly Address[] {
  const value = settingOf(block, key)?.value;
  return [...(value ? stringsIn(value) : [])].flatMap(({ value }): Address[] => {
    const url = parseUrl(value.trim());
    if (typeof url === 'string' || !url.host) return [];
    const { host, port } = splitHostPort(url.host) ?? { host: url.host, port: 'default port' };
    const colon = url.userInfo?.indexOf(':') ?? -1;
    return [{ host, port, user: colon > 0 ? url.userInfo?.slice(0, colon) : undefined }];
  });
}

function loginOf(addresses: readonly Address[]): string | undefined {
  const users = new Set(addresses.flatMap(({ user }) => user ?? []));
  return users.size > 0 ? `logs in as ${named([...users])}` : undefined;
}

function placeIn(block: Block | undefined): Place | undefined {
  return extentOf(block)[0];
}

function extentOf(block: Block | undefined): readonly Place[] {
  return block ? [{ file: block.map.origin.file, span: block.map.node.span }] : [];
}
