// In which release nats-server began to behave as it does: differences that are no options.
import table from './nats-behaviors.json';
import { isAvailable, type Release, readReleases } from './nats-release.ts';

export type NatsBehavior = keyof typeof table.behaviors;

interface Row {
  readonly since: readonly string[];
  /** The security advisory about servers that do not behave so yet. */
  readonly advisory?: string;
}

const rows: readonly (readonly [name: string, row: Row])[] = Object.entries(table.behaviors);
const firsts = new Map(rows.map(([name, { since }]) => [name, readReleases(since)]));
const advisories = new Map(rows.map(([name, { advisory }]) => [name, advisory]));

/** Whether a server of this version behaves so. */
export function behaves(version: Release, behavior: NatsBehavior): boolean {
  return isAvailable(version, firsts.get(behavior));
}

/** The first release of each line that behaves so. */
export function releasesOf(behavior: NatsBehavior): readonly Release[] {
  return firsts.get(behavior) ?? [];
}

/** The advisory about servers that do not behave so; undefined where there is none. */
export function advisoryAbout(behavior: NatsBehavior): string | undefined {
  return advisories.get(behavior);
}
