// Adds the imports of all accounts one by one, as nats-server does, and says which it refuses and why.
import { behaves } from '../facts/nats-behaviors.ts';
import type { Release } from '../facts/nats-release.ts';
import { hasWildcards, isValidSubject } from '../nats-auth/subject.ts';
import {
  isSubset,
  subjectsCollide,
  type TransformProblem,
  transformProblem,
  withPlaceholders,
  withWildcards,
} from '../nats-auth/subject-transform.ts';
import { remember } from '../text/remember.ts';
import { type Export, exportsOf, type Import, importsOf, mayExportMore } from './account-exchange.ts';
import type { Account } from './accounts.ts';
import type { NatsConf } from './model.ts';

export type ImportRefusal =
  | { readonly kind: 'invalid-subject' }
  | { readonly kind: 'not-exported' }
  /** Exported, but not to this account. */
  | { readonly kind: 'not-allowed'; readonly export: Export }
  | { readonly kind: 'cycle' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'prefix-wildcard' }
  | { readonly kind: 'transform'; readonly problem: TransformProblem }
  /** The server loses sight of an import whose source has placeholders. */
  | { readonly kind: 'placeholder-in-source' };

export interface RefusedImport {
  readonly import: Import;
  readonly refusal: ImportRefusal;
}

/** An import that the server has taken. */
interface Taken {
  readonly source: string;
  readonly from: string;
  readonly to: string;
  /** The local subject as it is written. */
  readonly written: string;
}

interface State {
  readonly account: Account;
  readonly exports: { readonly stream: readonly Export[]; readonly service: readonly Export[] };
  readonly open: boolean;
  readonly streams: Taken[];
  readonly services: Taken[];
}

/** Imports that a server of this version refuses, streams first. Imports from accounts that do not exist are left out. */
export const refusedImports = remember(({ accounts, version }: Pick<NatsConf, 'accounts' | 'version'>): readonly RefusedImport[] => {
  if (!accounts.some(account => importsOf(account).length > 0)) return [];
  const states = new Map<string, State>();
  for (const account of accounts) {
    const all = exportsOf(account);
    const exports = { stream: all.filter(one => one.kind === 'stream'), service: all.filter(one => one.kind === 'service') };
    states.set(account.name, { account, exports, open: mayExportMore(account), streams: [], services: [] });
  }
  const adding = new Adding(states, version);
  const refused: RefusedImport[] = [];
  for (const kind of ['stream', 'service'] as const) {
    for (const account of accounts) {
      const own = states.get(account.name);
      for (const one of importsOf(account)) {
        const source = states.get(one.from.value);
        if (one.kind !== kind || !own || !source) continue;
        const refusal = adding.add(one, own, source);
        if (refusal) refused.push({ import: one, refusal });
      }
    }
  }
  return refused;
});

/** Deeper chains of imports than this are refused by the server. */
const mostAccountsInAChain = 1024;

class Adding {
  readonly #states: ReadonlyMap<string, State>;
  readonly #version: Release;

  constructor(states: ReadonlyMap<string, State>, version: Release) {
    this.#states = states;
    this.#version = version;
  }

  add(one: Import, own: State, source: State): ImportRefusal | undefined {
    return one.kind === 'stream' ? this.#addStream(one, own, source) : this.#addService(one, own, source);
  }

  #addStream(one: Import, own: State, source: State): ImportRefusal | undefined {
    const from = one.subject.value;
    const refusal = this.#authorization(one, own, source, from);
    if (refusal) return refusal;
    if (one.prefix && hasWildcards(one.prefix.value)) return { kind: 'prefix-wildcard' };
    const prefix = one.prefix ? one.prefix.value.replace(/\.?$/, '.') : undefined;
    let to = prefix !== undefined ? prefix + from : (one.to?.value ?? from);
    const subjects = behaves(this.#version, 'stream-import-source-cycle') ? [to, from] : [to];
    if (subjects.some(subject => this.#streamCycle(source, subject, new Set([own.account.name])))) return { kind: 'cycle' };
    if (hasWildcards(from) && to !== from) {
      const problem = transformProblem(from, withPlaceholders(to), this.#version, true);
      if (problem) return { kind: 'transform', problem };
      to = withWildcards(to);
    }
    if (own.streams.some(taken => taken.source === source.account.name && taken.from === from)) return { kind: 'duplicate' };
    own.streams.push({ source: source.account.name, from, to, written: to });
    return undefined;
  }

  #addService(one: Import, own: State, source: State): ImportRefusal | undefined {
    let to = one.subject.value;
    let from = one.to?.value ?? to;
    if (!isValidSubject(from) || !isValidSubject(to)) return { kind: 'invalid-subject' };
    const refusal = this.#authorization(one, own, source, to);
    if (refusal) return refusal;
    const pattern = hasWildcards(to) && behaves(this.#version, 'service-import-cycle-wildcards') ? withWildcards(from) : from;
    if (this.#serviceCycle(source, pattern, new Set([own.account.name]))) return { kind: 'cycle' };
    const anyAccount = !behaves(this.#version, 'service-import-by-account');
    if (own.services.some(taken => (taken.from === from || taken.written === from) && (anyAccount || taken.source === source.account.name)))
      return { kind: 'duplicate' };
    const written = { from, to };
    if (hasWildcards(to) && to !== from) {
      to = withWildcards(to);
      const problem = transformProblem(to, withPlaceholders(from), this.#version, true);
      if (problem) return { kind: 'transform', problem };
      from = withWildcards(from);
    }
    own.services.push({ source: source.account.name, from, to, written: written.from });
    return to === written.to ? undefined : { kind: 'placeholder-in-source' };
  }

  /** Whether the other account exports the subject, and to this account. */
  #authorization(one: Import, own: State, source: State, subject: string): ImportRefusal | undefined {
    if (one.kind === 'stream' && source.exports.stream.length > 0 && !isValidSubject(subject)) return { kind: 'invalid-subject' };
    const exports = source.exports[one.kind];
    const exact = exports.filter(({ subject: { value } }) => value === subject);
    const name = own.account.name;
    if (exact.length > 0) {
      // Several exports of one subject add up to one.
      const position = exact[exact.length - 1]?.tokenPosition ?? 0;
      const names = exact.flatMap(({ accounts }) => accounts ?? []);
      const allowed = position > 0 ? false : names.length === 0 || names.some(({ value }) => value === name);
      return allowed || source.open ? undefined : { kind: 'not-allowed', export: exact[0] as Export };
    }
    const wider = exports.filter(({ subject: { value } }) => isSubset(subject, value));
    const tokens = subject.split('.');
    const allows = ({ accounts, tokenPosition }: Export) =>
      tokenPosition > 0 ? tokens[tokenPosition - 1] === name : !accounts || accounts.some(({ value }) => value === name);
    if (wider.some(allows) || source.open) return undefined;
    return wider[0] ? { kind: 'not-allowed', export: wider[0] } : { kind: 'not-exported' };
  }

  #streamCycle(state: State, subject: string, visited: Set<string>): boolean {
    if (visited.size >= mostAccountsInAChain) return true;
    if (!state.exports.stream.some(({ subject: { value } }) => isSubset(subject, value))) return false;
    return this.#cycleThrough(
      state.streams,
      subject,
      visited,
      state,
      taken => taken.to,
      (next, wanted) => this.#streamCycle(next, wanted, visited),
    );
  }

  #serviceCycle(state: State, subject: string, visited: Set<string>): boolean {
    if (visited.size >= mostAccountsInAChain) return true;
    return this.#cycleThrough(
      state.services,
      subject,
      visited,
      state,
      taken => taken.from,
      (next, wanted) => this.#serviceCycle(next, wanted, visited),
    );
  }

  #cycleThrough(
    imports: readonly Taken[],
    subject: string,
    visited: Set<string>,
    state: State,
    local: (taken: Taken) => string,
    follow: (next: State, subject: string) => boolean,
  ): boolean {
    const branches = behaves(this.#version, 'import-cycle-branches');
    let wanted = subject;
    for (const taken of imports) {
      if (!subjectsCollide(wanted, taken.to)) continue;
      if (visited.has(taken.source)) return true;
      visited.add(state.account.name);
      const narrowed = isSubset(local(taken), wanted) ? local(taken) : wanted;
      if (!branches) wanted = narrowed;
      const next = this.#states.get(taken.source);
      if (next && follow(next, narrowed)) return true;
    }
    return false;
  }
}
