// Which services of a project hold the same signing secret: tokens that one of them makes, the others take.
import type { Settings } from '../lint/settings.ts';
import { authOf, withMeaning } from './auth-variables.ts';
import type { Project, Service } from './project.ts';
import type { EnvironmentEntry } from './service.ts';

/** What tells that two services hold one secret: its value, or the variable that brings it. Undefined for no secret. Never to be shown. */
export function secretOf({ value, guess, uses }: EnvironmentEntry): string | undefined {
  const [use] = uses;
  if (!guess) return value ? `=${value}` : undefined;
  return uses.length === 1 && use ? `$${use.name}` : undefined;
}

/** The services that hold each signing secret. */
export function secretHolders(project: Project, settings: Settings): ReadonlyMap<string, readonly Service[]> {
  const holders = new Map<string, Service[]>();
  for (const service of project.services.values()) {
    for (const secret of secretsIn(service, settings)) {
      const known = holders.get(secret);
      if (known) known.push(service);
      else holders.set(secret, [service]);
    }
  }
  return holders;
}

function secretsIn(service: Service, settings: Settings): ReadonlySet<string> {
  return new Set(withMeaning(authOf(service, settings), 'jwt-secret').flatMap(({ entry }) => secretOf(entry) ?? []));
}
