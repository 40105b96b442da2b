// In which release nats-server began to behave as it does: differences that are no options.
import table from './nats-behaviors.json';
import { isAvailable, type Release, readReleases } from './nats-release.ts';

export type NatsBehavior = keyof typeof table.behaviors;

const firsts = new Map<string, readonly Release[]>(Object.entries(table.behaviors).map(([name, { since }]) => [name, readReleases(since)]));

/** Whether a server of this version behaves so. */
export function behaves(version: Release, behavior: NatsBehavior): boolean {
  return isAvailable(version, firsts.get(behavior));
}

/** The first release of each line that behaves so. */
export function releasesOf(behavior: NatsBehavior): readonly Release[] {
  return firsts.get(behavior) ?? [];
}
