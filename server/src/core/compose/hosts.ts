// Names by which the services of a project reach one another: a URL with one of them stays inside.
import { isPrivateHost } from '../environment/url.ts';
import { remember } from '../text/remember.ts';
import type { Project, Service } from './project.ts';

/** Names of one service, lower case. */
export const hostsOfService = remember(({ name, definition: { texts } }: Service): readonly string[] =>
  [name, texts.get('container_name')?.text, texts.get('hostname')?.text].flatMap(host => (host ? [host.toLowerCase()] : [])),
);

const known = new WeakMap<Project, ReadonlySet<string>>();

/** Service names, container names and host names of a project, lower case. */
export function hostsOf(project: Project): ReadonlySet<string> {
  const before = known.get(project);
  if (before) return before;
  const hosts = new Set<string>();
  for (const service of project.services.values()) for (const host of hostsOfService(service)) hosts.add(host);
  known.set(project, hosts);
  return hosts;
}

/** Whether a host is reached without leaving the machine or the network it is in. */
export function isInside(project: Project, host: string): boolean {
  return isPrivateHost(host) || hostsOf(project).has(host);
}
