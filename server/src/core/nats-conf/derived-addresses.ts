// Addresses and ports that follow from others: of the listeners beside, of the servers of the workspace, of the members of the cluster.
import { typicalValues } from '../facts/nats-proposals.ts';
import { splitHostPort } from './address.ts';
import { blockOf, stringOf } from './blocks.ts';
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

/** One who moves the port of clients by one, to start a second server on the machine, moves the others as far. */
export function portsBeside(conf: NatsConf, block: string, key: string): readonly number[] {
  const usual = usualPort(block, key);
  if (usual === undefined) return [];
  const moved = listeningIn(conf, listeners).map(one => usual + one.port - one.usual);
  return [...new Set(moved)].filter(port => port !== usual && port > 1024 && port <= 65535);
}

/** The hosts that other listeners have. */
export function addressesBeside(conf: NatsConf, block: string, key: string): readonly string[] {
  const usual = usualPort(block, key);
  if (usual === undefined) return [];
  const hosts = new Set(listeningIn(conf, listeners).flatMap(({ host }) => host || []));
  const ports = [...portsBeside(conf, block, key), usual];
  return [...hosts].flatMap(host => ports.map(port => `${host}:${port}`));
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
