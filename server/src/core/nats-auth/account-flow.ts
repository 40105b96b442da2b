// Where a message goes: through the mappings of the account that it is published in, and by imports into other accounts.
import { behaves } from '../facts/nats-behaviors.ts';
import type { Release } from '../facts/nats-release.ts';
import { hasWildcards, matchesSubject, subjectProblem, subjectsOverlap } from './subject.ts';
import { isSubset, withPlaceholders } from './subject-transform.ts';
import { leavesToChance, type Renaming, rename, serviceRenaming, streamRenaming, transformSubject } from './transform-subject.ts';

export interface MappingDestination {
  readonly subject: string;
  /** Percent. */
  readonly weight: number;
  /** The only cluster in which it counts. */
  readonly cluster?: string | undefined;
}

export interface Mapping {
  readonly source: string;
  readonly destinations: readonly MappingDestination[];
}

/** An import as it is written: `subject` in the account that exports it, `local` in the one that imports it. */
export interface AccountImport {
  readonly kind: 'stream' | 'service';
  readonly account: string;
  readonly subject: string;
  readonly local: string;
}

export interface AccountFlow {
  readonly name: string;
  readonly mappings: readonly Mapping[];
  /** Mappings that the server adds by itself; they come after those of the account. */
  readonly added?: readonly Mapping[];
  /** What the sources of `added` lie under, and their destinations: beside them there is nothing in it. */
  readonly spaces?: readonly Mapping[];
  readonly imports: readonly AccountImport[];
}

/** One of the subjects that mappings may make of another. */
export interface Mapped {
  /** With `*` for words that chance makes; empty where the message is lost. */
  readonly subject: string;
  readonly byChance: boolean;
  /** Percent of the messages. */
  readonly share: number;
  /** Undefined where no mapping matches. */
  readonly mapping: Mapping | undefined;
}

/**
 * What becomes of a subject by an account's mappings: one outcome for each destination that may be taken. Where several mappings
 * match, the server takes the one that it came across first, which differs from start to start, so the outcomes of all are given.
 */
function mapSubject({ mappings, added = [] }: AccountFlow, subject: string, cluster: string): readonly Mapped[] {
  const matches = ({ source }: Mapping) => source === subject || (hasWildcards(source) && isSubset(subject, source));
  const own = mappings.filter(matches);
  const matching = own.length > 0 ? own : added.filter(matches);
  if (matching.length === 0) return [unmapped(subject)];
  return matching.flatMap(mapping =>
    destinationsIn(mapping, cluster).map(({ subject: destination, weight }) => ({
      subject: destination === '' ? '' : transformSubject(mapping.source, destination, subject),
      byChance: leavesToChance(destination),
      share: weight,
      mapping,
    })),
  );
}

function unmapped(subject: string): Mapped {
  return { subject, byChance: false, share: 100, mapping: undefined };
}

/** The destinations that count in a cluster. What their weights leave over stays, or is lost where the source is among them. */
function destinationsIn({ source, destinations }: Mapping, cluster: string): readonly MappingDestination[] {
  const own = destinations.filter(one => one.cluster !== undefined && one.cluster === cluster);
  const chosen = own.length > 0 ? own : destinations.filter(one => one.cluster === undefined);
  const rest = 100 - chosen.reduce((sum, { weight }) => sum + weight, 0);
  const staying = destinations.some(({ subject }) => subject === source) ? '' : withPlaceholders(source);
  return [...chosen, { subject: staying, weight: rest }].filter(({ weight }) => weight > 0);
}

/** A place that a message comes to. */
export interface Landing {
  readonly account: string;
  readonly subject: string;
  /** The imports on its way. */
  readonly by: readonly AccountImport[];
  /** False where a mapping of an account on the way leaves a choice. */
  readonly sure: boolean;
}

/** All accounts under one roof. */
export class AccountFlows {
  readonly #accounts: ReadonlyMap<string, AccountFlow>;
  readonly #cluster: string;
  readonly #streamsEnd: boolean;

  /** `cluster` is the server's cluster, or empty. */
  constructor(accounts: Iterable<AccountFlow>, cluster: string, version: Release) {
    this.#accounts = new Map([...accounts].map(account => [account.name, account]));
    this.#cluster = cluster;
    this.#streamsEnd = behaves(version, 'service-imports-take-no-streams');
  }

  importsOf(account: string): readonly AccountImport[] {
    return this.#accounts.get(account)?.imports ?? [];
  }

  /** See `mapSubject`. */
  mapped(account: string, subject: string): readonly Mapped[] {
    const flow = this.#accounts.get(account);
    return flow ? mapSubject(flow, subject, this.#cluster) : [unmapped(subject)];
  }

  /** What all of a pattern is mapped to; undefined where some of it stays as it is, or may go several ways. */
  mappedPattern(account: string, pattern: string): string | undefined {
    const flow = this.#accounts.get(account);
    if (!flow || !this.mayMap(account, pattern)) return undefined;
    const overlapping = flow.mappings.filter(({ source }) => subjectsOverlap(source, pattern));
    const space = overlapping.length === 0 ? flow.spaces?.find(({ source }) => source === pattern) : undefined;
    if (space) return space.destinations[0]?.subject;
    const [mapped, other] = mapSubject(flow, pattern, this.#cluster);
    if (!mapped?.mapping || other || overlapping.length > 1 || mapped.byChance || mapped.subject === pattern) return undefined;
    // What functions make of a wildcard is not known.
    const isKnown = !hasWildcards(pattern) || mapped.mapping.destinations.every(({ subject }) => !subject.includes('{{'));
    return isKnown && mapped.subject !== '' ? mapped.subject : undefined;
  }

  /** Whether a mapping may change something of what a pattern matches. */
  mayMap(account: string, pattern: string): boolean {
    const { mappings = [], added = [] } = this.#accounts.get(account) ?? {};
    return [...mappings, ...added].some(({ source }) => subjectsOverlap(source, pattern));
  }

  /**
   * Where subscribers may receive a message that an account has taken under `subject`, after its mappings: first there, then wherever
   * imports carry it. Where mappings leave a choice, all of it.
   */
  landings(account: string, subject: string): readonly Landing[] {
    return this.#land({ account, subject, by: [], sure: true });
  }

  #land(here: Landing): readonly Landing[] {
    // A transformed subject with an empty token is received by nobody.
    if (subjectProblem(here.subject)) return [];
    const fromService = here.by.length > 0;
    // What came by a service import is not exported as a stream.
    const streams = fromService ? [] : this.#streams(here);
    return [here, ...streams, ...this.#services(here)];
  }

  #streams(here: Landing): readonly Landing[] {
    return [...this.#accounts.values()].flatMap(({ name, imports }) =>
      imports.flatMap(one => {
        if (one.kind !== 'stream' || one.account !== here.account) return [];
        const subject = renamed(streamRenaming(one.subject, one.local), here.subject);
        if (subject === undefined) return [];
        const landing: Landing = { account: name, subject, by: [one], sure: true };
        // Where a stream does go on, it does so under the subject that it had before.
        return this.#streamsEnd ? [landing] : [landing, ...this.#services(landing, here.subject)];
      }),
    );
  }

  /** `original` is what the other account's subject is made from, where that is not the subject of the landing itself. */
  #services(here: Landing, original = here.subject): readonly Landing[] {
    return this.importsOf(here.account).flatMap(one => {
      // The server stops where a message would take the same way twice.
      if (one.kind !== 'service' || here.by.includes(one)) return [];
      const renaming = serviceRenaming(one.subject, one.local);
      if (!matchesSubject(renaming.from, here.subject)) return [];
      const outcomes = this.mapped(one.account, rename(renaming, original));
      const sure = here.sure && outcomes.length === 1 && !outcomes[0]?.byChance;
      const by = [...here.by, one];
      return outcomes.flatMap(({ subject }) => this.#land({ account: one.account, subject, by, sure }));
    });
  }
}

function renamed(renaming: Renaming, subject: string): string | undefined {
  return matchesSubject(renaming.from, subject) ? rename(renaming, subject) : undefined;
}
