// Names by which the services of a project reach one another: a URL with one of them stays inside.
import { isPrivateHost } from '../environment/url.ts';
import type { Project } from './project.ts';

const known = new WeakMap<Project, ReadonlySet<string>>();

/** Service names, container names and host names of a project, lower case. */
export function hostsOf(project: Project): ReadonlySet<string> {
  const before = known.get(project);
  if (before) return before;
  const hosts = new Set<string>();
  for (const service of project.services.values()) {
    hosts.add(service.name.toLowerCase());
    for (const key of ['container_name', 'hostname']) {
      const name = service.definition.texts.get(key)?.text;
      if (name) hosts.add(name.toLowerCase());
    }
  }
  known.set(project, hosts);
  return hosts;
}

/** Whether a host is reached without leaving the machine or the network it is in. */
export function isInside(project: Project, host: string): boolean {
  return isPrivateHost(host) || hostsOf(project).has(host);
}
