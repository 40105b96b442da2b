// Servers that are meant to find each other: those of one folder that name each other, or say that they are of one cluster.
import { nearest } from '../lint/nearest.ts';
import { parseUrl } from '../nats-auth/go-url.ts';
import { splitHostPort } from '../nats-conf/address.ts';
import { type Block, blockOf, mayHold, settingOf, stringOf } from '../nats-conf/blocks.ts';
import { isReadable } from '../nats-conf/client-access.ts';
import { reachOfHost } from '../nats-conf/listeners.ts';
import type { NatsConf } from '../nats-conf/model.ts';
import { listenerOf } from '../nats-conf/startup.ts';
import { stringsIn } from '../nats-conf/strings.ts';
import { directoryOf } from '../text/file-id.ts';
import { grouped } from '../text/group.ts';
import { mainConfigurations } from './nats-programs.ts';
import type { WorkspaceView } from './view.ts';

/** One server of a group, with its block `cluster` or `gateway`. */
export interface Member {
  readonly conf: NatsConf;
  readonly block: Block;
}

/** Servers by the cluster that their gateways speak for, within one folder. Only groups of several. */
export function gatewayGroups(view: WorkspaceView): readonly (readonly Member[])[] {
  const groups = grouped(membersOf(view, 'gateway'), ({ conf, block }) => {
    const name = stringOf(block, 'name')?.value;
    // Without a name of its own, a server may be the same one in another trial.
    const server = stringOf(conf.root, 'server_name');
    return name && server ? `${directoryOf(conf.file)} ${name}` : undefined;
  });
  return ofSeveral(groups);
}

/** Servers that routes connect, directly or through others, within one folder. Only groups of several. */
export function routeGroups(view: WorkspaceView): readonly (readonly Member[])[] {
  const members = membersOf(view, 'cluster');
  const group = new Map(members.map(member => [member, member]));
  const first = (member: Member): Member => {
    const other = group.get(member) ?? member;
    return other === member ? member : first(other);
  };
  for (const member of members) for (const other of routedTo(member, members)) group.set(first(member), first(other));
  return ofSeveral(grouped(members, first));
}

function membersOf(view: WorkspaceView, key: 'cluster' | 'gateway'): readonly Member[] {
  return mainConfigurations(view).flatMap((conf): Member[] => {
    const block = blockOf(conf.root, key);
    return block && isReadable(conf) && !mayHold(conf.root) && !mayHold(block) ? [{ conf, block }] : [];
  });
}

function ofSeveral(groups: ReadonlyMap<unknown, readonly Member[]>): readonly (readonly Member[])[] {
  return [...groups.values()].filter(group => group.length > 1);
}

/** The servers of the same folder that its routes lead to: by their name, or on this machine by their port. */
function routedTo({ conf, block }: Member, members: readonly Member[]): readonly Member[] {
  const neighbours = members.filter(other => other.conf !== conf && directoryOf(other.conf.file) === directoryOf(conf.file));
  return routesOf(block).flatMap(address => {
    const fitting = neighbours.filter(({ conf: { root }, block: other }) => {
      if (portOf(other) !== address.port) return false;
      // Ports of this machine are much the same everywhere: only servers that lead to each other, under one name or a slip of it, belong together.
      if (reachOfHost(address.host) === 'loopback') return routePorts(other).includes(portOf(block) ?? '') && mayBeOneCluster(block, other);
      return stringOf(root, 'server_name')?.value === address.host;
    });
    return fitting.length === 1 ? fitting : [];
  });
}

function mayBeOneCluster(a: Block, b: Block): boolean {
  const [one, other] = [a, b].map(block => stringOf(block, 'name')?.value);
  return one === other || (one !== undefined && other !== undefined && nearest(one, [other]) !== undefined);
}

function routesOf(block: Block): readonly { readonly host: string; readonly port: string }[] {
  const routes = settingOf(block, 'routes')?.value;
  return [...(routes ? stringsIn(routes) : [])].flatMap(({ value }) => {
    const url = parseUrl(value.trim());
    return (typeof url === 'string' ? undefined : splitHostPort(url.host)) ?? [];
  });
}

/** Ports of this machine that its routes lead to. */
function routePorts(block: Block): readonly string[] {
  return routesOf(block).flatMap(({ host, port }) => (reachOfHost(host) === 'loopback' ? [port] : []));
}

/** Port that a block listens on, as it is written; undefined where it does not listen. */
export function portOf(block: Block | undefined): string | undefined {
  const value = listenerOf(block)?.value;
  if (value?.kind === 'integer') return String(value.value);
  return value?.kind === 'string' ? splitHostPort(value.value)?.port : undefined;
}

/** The member that says something else than most, or than the earlier ones; with one that says what most say. */
export function oddOnes(
  group: readonly Member[],
  said: (member: Member) => string | undefined,
): readonly { readonly odd: Member; readonly usual: Member }[] {
  // Sorting is stable: of equally many, those that come first in the order of files count as usual.
  const [most, ...others] = [...grouped(group, said).values()].sort((a, b) => b.length - a.length);
  const usual = most?.[0];
  return usual ? others.flat().map(odd => ({ odd, usual })) : [];
}
