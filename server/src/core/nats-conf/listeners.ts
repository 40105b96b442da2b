// Where clients and leafnodes reach a server: the listeners that are on, and whether another machine can reach them.
import { parseUrl } from '../nats-auth/go-url.ts';
import { splitHostPort } from './address.ts';
import { type Block, blockOf, blocksOf, mayHold, type Setting, settingOf } from './blocks.ts';
import type { NatsConf } from './model.ts';
import { listenerOf } from './startup.ts';
import { isPlaceholder, stringsIn } from './strings.ts';

export type ListenerKind = 'client' | 'websocket' | 'mqtt' | 'leafnodes';

/** `network`: other machines reach it. Undefined where only the environment, or a file that is not here, knows. */
export type Reach = 'loopback' | 'network' | undefined;

export interface Listener {
  readonly kind: ListenerKind;
  /** The whole configuration for `client`, which always listens. */
  readonly block: Block;
  /** What gives it its address or port; undefined where the default port is used. */
  readonly setting: Setting | undefined;
  readonly reach: Reach;
}

/** Listeners that are on, that of clients first. */
export function listenersOf({ root }: NatsConf): readonly Listener[] {
  const client: Listener = { kind: 'client', block: root, setting: listenerOf(root), reach: reachOf(root) };
  const others = (['websocket', 'mqtt', 'leafnodes'] as const).flatMap((kind): Listener[] => {
    const block = blockOf(root, kind);
    const setting = listenerOf(block);
    return block && setting ? [{ kind, block, setting, reach: reachOf(block) }] : [];
  });
  return [client, ...others];
}

/** Who reaches the address of a block; without an address that is everybody. */
export function reachOf(block: Block): Reach {
  const given = settingOf(block, 'listen') ?? settingOf(block, 'port');
  const own = given && hostIn(given);
  if (own === null) return undefined;
  if (own) return reachOfHost(own);
  const host = settingOf(block, 'host')?.value;
  if (!host) return mayHold(block) ? undefined : 'network';
  return host.kind === 'string' ? reachOfHost(host.value) : undefined;
}

/** Who reaches a host that is listened on. An empty one means all addresses. */
export function reachOfHost(host: string): Reach {
  if (isPlaceholder(host)) return undefined;
  return /^(127(\.\d{1,3}){3}|localhost|\[?::1\]?)$/i.test(host) ? 'loopback' : 'network';
}

/** Host of a `listen` option: null where it cannot be known, empty where it is only a port. */
export function hostIn({ value }: Setting): string | null {
  if (value.kind === 'string') return splitHostPort(value.value)?.host ?? null;
  return value.kind === 'integer' ? '' : null;
}

/** Servers that look for each other on the loopback only are a trial on one machine, whatever their addresses allow. */
export function isOnOneMachine({ root }: NatsConf): boolean {
  const remotes = blocksOf(blockOf(root, 'gateway'), 'gateways');
  const lists = [
    settingOf(blockOf(root, 'cluster'), 'routes'),
    ...remotes.flatMap(remote => [settingOf(remote, 'url'), settingOf(remote, 'urls')]),
  ];
  const urls = lists.flatMap(list => (list ? [...stringsIn(list.value)] : []));
  return urls.length > 0 && urls.every(({ value }) => isLoopbackUrl(value));
}

/** Who connects to all addresses at once connects to this machine. */
function isLoopbackUrl(text: string): boolean {
  const url = parseUrl(text);
  if (typeof url === 'string') return false;
  const host = url.host.replace(/:\d*$/, '');
  return host === '0.0.0.0' || reachOfHost(host) === 'loopback';
}
