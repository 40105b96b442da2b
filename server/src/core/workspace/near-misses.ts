// Values that are nearly the same: what two services were surely meant to agree on.
import { sourceOf, withMeaning } from '../compose/auth-variables.ts';
import type { EnvironmentEntry } from '../compose/service.ts';
import type { Meaning } from '../facts/compose-dialects.ts';
import { editDistance } from '../lint/nearest.ts';
import { samePlace } from '../text/place.ts';
import type { JudgedProject, JudgedService } from './compose-projects.ts';

export interface NearMiss {
  readonly entry: EnvironmentEntry;
  readonly service: string;
  /** The value that more services hold, or the one that stands first. */
  readonly other: EnvironmentEntry;
  readonly otherService: string;
  /** In which way they differ, in words that follow "differs". */
  readonly by: string;
}

/** What `nearMisses` looks at in one service. */
export function comparedValues({ auth }: JudgedService, meaning: Meaning): string {
  return JSON.stringify(
    withMeaning(auth, meaning).map(({ entry, meaning: own }) => [entry.name, entry.value, entry.guess, own.list, own.opaque]),
  );
}

/** Values of one variable with that meaning that differ by their case, a slash at the end, or one letter. Another variable may want another form. */
export function* nearMisses({ services }: JudgedProject, meaning: Meaning): Iterable<NearMiss> {
  const byName = new Map<string, Map<string, Holder[]>>();
  for (const { service, auth } of services) {
    for (const { entry, meaning: own } of withMeaning(auth, meaning)) {
      if (!entry.value || entry.guess || own.list || own.opaque) continue;
      const holders = byName.get(entry.name) ?? new Map<string, Holder[]>();
      if (holders.size === 0) byName.set(entry.name, holders);
      const same = holders.get(entry.value);
      if (same) same.push({ entry, service: service.name });
      else holders.set(entry.value, [{ entry, service: service.name }]);
    }
  }
  for (const holders of byName.values()) yield* missesAmong(holders);
}

interface Holder {
  readonly entry: EnvironmentEntry;
  readonly service: string;
}

function* missesAmong(holders: ReadonlyMap<string, readonly Holder[]>): Iterable<NearMiss> {
  const ordered = [...holders].sort(([, a], [, b]) => b.length - a.length);
  const told: EnvironmentEntry[] = [];
  for (const [index, [value, odd]] of ordered.entries()) {
    for (const [other, usual] of ordered.slice(0, index)) {
      const by = difference(other, value);
      const holder = usual[0];
      if (by === undefined || !holder) continue;
      for (const { entry, service } of odd) {
        if (told.some(known => samePlace(sourceOf(known).place, sourceOf(entry).place))) continue;
        told.push(entry);
        yield { entry, service, other: holder.entry, otherService: holder.service, by };
      }
      break;
    }
  }
}

/** In which way two values that were surely meant to be the same differ, in words that follow "differs"; undefined where they are not. */
export function difference(a: string, b: string): string | undefined {
  if (a.toLowerCase() === b.toLowerCase()) return 'in upper and lower case';
  if (a.replace(/\/+$/, '') === b.replace(/\/+$/, '')) return 'by a slash at the end';
  // Short names and names that count (api-1, api-2) differ by a letter on purpose.
  const counted = a.replace(/\d+/g, '#') === b.replace(/\d+/g, '#');
  return a.length >= 12 && !counted && editDistance(a, b, 1) === 1 ? 'by one letter' : undefined;
}
