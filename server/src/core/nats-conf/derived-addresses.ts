// Addresses and ports that follow from others: of the listeners beside, of the servers of the workspace, of the members of the cluster.
import { typicalValues } from '../facts/nats-proposals.ts';
import { splitHostPort } from './address.ts';
import { blockOf, blocksOf, settingOf, stringOf } from './blocks.ts';
import { type NatsConf, settingsNamed } from './model.ts';
import { stringsIn } from './strings.ts';
import type { EvaluatedValue } from './values.ts';

/** Options that say where a server listens; only for these a port has a usual value that everybody keeps to. */
const listeners = ['server', 'cluster', 'gateway', 'leafnodes'].flatMap(block =>
  ['listen', 'port', 'http', 'http_port'].map(key => `${block}.${key}`),
);

interface Listening {
  readonly host: string | undefined;
  readonly port: number;
  /** The port that such a listener usually has. */
  readonly usual: number;
}

function portIn(value: EvaluatedValue): Omit<Listening, 'usual'> | undefined {
  if (value.kind === 'integer') return { host: undefined, port: value.value };
  const parts = value.kind === 'string' ? splitHostPort(value.value) : undefined;
  return parts && { host: parts.host, port: Number(parts.port) };
}

function usualPort(block: string, key: string): number | undefined {
  const isListen = ['listen', 'http', 'https'].includes(key);
  const [usual = ''] = typicalValues(block, isListen && block !== 'server' ? 'port' : key);
  const port = Number(splitHostPort(usual)?.port ?? usual);
  return port > 0 ? port : undefined;
}

function listeningIn(conf: NatsConf, options: readonly string[]): readonly Listening[] {
  return [...settingsNamed(conf, ...options)].flatMap(({ value, block, option }) => {
    const usual = usualPort(block.fact.name, option.key);
    const found = portIn(value);
    return found && usual !== undefined && found.port > 0 && found.port <= 65535 ? [{ ...found, usual }] : [];
  });
}

/**
 * One who moves the port of clients by one, to start a second server on the machine, moves the others as far; one who makes up a port takes the
 * next for what comes next. What other servers call this one is sure.
 */
export function portsBeside(conf: NatsConf, block: string, key: string): readonly number[] {
  const usual = usualPort(block, key);
  if (usual === undefined) return [];
  const listening = listeningIn(conf, listeners);
  const moved = listening
    .map(one => one.port - one.usual)
    .filter(isShift)
    .map(shift => usual + shift);
  const madeUp = listening.filter(one => one.port !== one.usual).flatMap(({ port }) => [port + 1, port - 1, port + 2, port - 2]);
  const taken = new Set(listening.map(({ port }) => port));
  const others = madeUp.filter(port => !taken.has(port));
  // The usual one still is likelier than one that somebody would have to make up.
  const ports = [...ownPorts(conf, block), ...moved.filter(port => port !== usual), ...(others.length > 0 ? [usual] : []), ...others];
  return [...new Set(ports)].filter(port => port > 1024 && port <= 65535);
}

/** Whether somebody moves all ports so far: some places, or thousands. */
function isShift(distance: number): boolean {
  return Math.abs(distance) < 500 || distance % 1000 === 0;
}

/** Members of a cluster and gateways name all of them, themselves too: what is on this machine, or bears the own name, may be the server itself; where they leave
 * it out, it stands in front of them or behind. */
function ownPorts({ root }: NatsConf, block: string): readonly number[] {
  const own = blockOf(root, block);
  const portOf = (url: string) => Number(/:(\d+)\/?$/.exec(url)?.[1] ?? 0);
  if (block === 'cluster') {
    const routes = settingOf(own, 'routes');
    const local = routes ? stringsIn(routes.value).filter(({ value }) => /(?:\/\/|@)(?:127\.0\.0\.1|localhost):/.test(value)) : [];
    const ports = local.map(({ value }) => portOf(value));
    return [...ports, ...(ports.length > 0 ? [Math.min(...ports) - 1, Math.max(...ports) + 1] : [])];
  }
  const name = stringOf(own, 'name')?.value;
  const self = blocksOf(own, 'gateways').filter(remote => name !== undefined && stringOf(remote, 'name')?.value === name);
  return self.flatMap(({ settings }) =>
    settings.flatMap(({ option, value }) => (option.format === 'url' ? stringsIn(value).map(one => portOf(one.value)) : [])),
  );
}

/** The hosts that other listeners have. */
export function addressesBeside(conf: NatsConf, block: string, key: string): readonly string[] {
  const usual = usualPort(block, key);
  if (usual === undefined) return [];
  const hosts = new Set(listeningIn(conf, listeners).flatMap(({ host }) => host || []));
  const ports = [...new Set([...portsBeside(conf, block, key), usual])];
  return ports.flatMap(port => [...hosts].map(host => `${host}:${port}`));
}

/** Members of a cluster on one machine have ports that follow each other. */
export function routesBeside(conf: NatsConf): readonly string[] {
  return listeningIn(conf, ['cluster.listen', 'cluster.port']).flatMap(({ host, port, usual }) => {
    const isLocal = host !== undefined && /^(?:127\.0\.0\.1|localhost)$/.test(host);
    if (!isLocal && port === usual) return [];
    const name = isLocal ? host : '127.0.0.1';
    return [1, 2, -1].flatMap(step => ['nats', 'nats-route'].map(scheme => `${scheme}://${name}:${port + step}`));
  });
}

// --- Other servers of the workspace ---

/**
 * Where the other servers wait, for the schemes of an address. A server that listens everywhere is reached by its name: containers are mostly
 * called as their servers are.
 */
export function addressesOfOthers(
  neighbours: readonly NatsConf[],
  block: 'cluster' | 'leafnodes' | 'gateway',
  schemes: readonly string[],
): readonly string[] {
  const found = neighbours.flatMap(conf => {
    const [listening] = listeningIn(conf, [`${block}.listen`, `${block}.port`]);
    if (!listening) return [];
    const host = listening.host ?? stringOf(blockOf(conf.root, block), 'host')?.value ?? '';
    const name = isEverywhere(host) ? stringOf(conf.root, 'server_name')?.value : host;
    return name === undefined || /\s/.test(name) ? [] : schemes.map(scheme => `${scheme}://${name}:${listening.port}`);
  });
  return [...new Set(found)];
}

/** Members of a cluster name the addresses at which the others listen: those that nobody has yet are free for this one. */
export function listensNamedByOthers(neighbours: readonly NatsConf[]): readonly string[] {
  const taken = new Set(
    neighbours.flatMap(conf =>
      [...settingsNamed(conf, 'cluster.listen')].flatMap(({ value }) => (value.kind === 'string' ? value.value : [])),
    ),
  );
  const named = neighbours.flatMap(conf => [...settingsNamed(conf, 'cluster.routes')].flatMap(({ value }) => stringsIn(value)));
  const addresses = named.map(({ value }) => value.replace(/^.*(?:\/\/|@)/s, ''));
  return [...new Set(addresses)].filter(address => !taken.has(address) && splitHostPort(address) !== undefined);
}

function isEverywhere(host: string): boolean {
  return host === '' || host === '0.0.0.0' || host === '::' || host === '[::]';
}
