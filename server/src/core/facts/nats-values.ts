// Closed sets of words that some options take, and the release that knows each word.

import { isAvailable, type Release, readReleases } from './nats-release.ts';
import table from './nats-values.json';

export interface KnownValue {
  readonly name: string;
  /** For cipher suites: Go calls it insecure. */
  readonly insecure: boolean;
  readonly since: readonly Release[] | undefined;
  readonly until: readonly Release[] | undefined;
}

interface RawValue {
  readonly insecure?: boolean;
  readonly since?: readonly string[];
  readonly until?: readonly string[];
}

const sets = new Map<string, readonly KnownValue[]>(
  Object.entries(table.values as Record<string, Record<string, RawValue>>).map(([format, values]) => [
    format,
    Object.entries(values).map(([name, raw]) => ({
      name,
      insecure: raw.insecure ?? false,
      since: raw.since && readReleases(raw.since),
      until: raw.until && readReleases(raw.until),
    })),
  ]),
);

/** All words of a format that any release knows; undefined for a format that is no closed set. */
export function valuesOf(format: string | undefined): readonly KnownValue[] | undefined {
  return format === undefined ? undefined : sets.get(format);
}

/** Whether a server of this version knows the word. */
export function knows(version: Release, { since, until }: KnownValue): boolean {
  return isAvailable(version, since) && !(until && isAvailable(version, until));
}
