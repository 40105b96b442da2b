// Configurations with users, accounts, permissions, mappings, imports and exports, made up from a seed and valid for a server version.
import { behaves } from '../../../server/src/core/facts/nats-behaviors.ts';
import type { Release } from '../../../server/src/core/facts/nats-release.ts';
import { type Random, randomFrom } from '../../support/random.ts';

/** Password of everybody: the servers live for seconds, on the loopback interface. */
export const password = 'pass';
/** Name of the user of an account who may do everything. */
export const observer = (account: string) => `observer-${account.replace('$', '')}`;

export interface Configuration {
  readonly seed: number;
  readonly text: string;
  /** `$G` among them. */
  readonly accounts: readonly string[];
  /** Users under test, by account. */
  readonly users: readonly { readonly name: string; readonly account: string }[];
  /** Patterns that the configuration speaks of, as a source of subjects that matter. */
  readonly patterns: readonly string[];
  readonly queues: readonly string[];
}

const tokens = ['a', 'b', 'c', 'd'];
const queues = ['q1', 'q2', 'v.1', 'v.2'];

export function makeConfiguration(seed: number, version: Release): Configuration {
  return new Maker(randomFrom(seed), version).make(seed);
}

class Maker {
  readonly #random: Random;
  readonly #version: Release;
  readonly #patterns: string[] = [];

  constructor(random: Random, version: Release) {
    this.#random = random;
    this.#version = version;
  }

  make(seed: number): Configuration {
    const accounts = ['A', 'B', 'C'];
    const users = [...accounts, '$G'].flatMap(account =>
      Array.from({ length: 3 }, (_, i) => ({ name: `${account.replace('$', '').toLowerCase()}${i + 1}`, account })),
    );
    const listOf = (account: string) => {
      const own = users.filter(user => user.account === account).map(({ name }) => this.#user(name));
      return `users: [\n${[`{ user: ${observer(account)}, password: ${password}, permissions: {} }`, ...own].map(one => `      ${one}`).join('\n')}\n    ]`;
    };
    const exchange = this.#exchange();
    const blocks = accounts.map(name => {
      const parts = [listOf(name), this.#defaults(), ...this.#mappings(), exchange.exports.get(name), exchange.imports.get(name)];
      return `  ${name}: {\n${parts
        .filter(Boolean)
        .map(part => `    ${part}`)
        .join('\n')}\n  }`;
    });
    const global = [listOf('$G'), this.#defaults()].filter(Boolean).join('\n    ');
    const text = `accounts: {\n${blocks.join('\n')}\n}\nauthorization: {\n    ${global}\n}\n${this.#mappings().join('\n')}\n`;
    return { seed, text, accounts: [...accounts, '$G'], users, patterns: this.#patterns, queues };
  }

  #chance(share: number): boolean {
    return this.#random.next() < share;
  }

  #some<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.#random.below(most + 1) }, make);
  }

  #literal(longest = 3): string {
    return Array.from({ length: 1 + this.#random.below(longest) }, () => this.#random.pick(tokens)).join('.');
  }

  /** Short patterns over few words, so that they overlap often. */
  #pattern(): string {
    const words = this.#literal()
      .split('.')
      .map(word => (this.#chance(0.3) ? '*' : this.#chance(0.04) ? `${word}*` : word));
    if (this.#chance(0.25)) words.push('>');
    const pattern = this.#chance(0.05) ? '>' : this.#chance(0.08) ? '_INBOX.>' : words.join('.');
    this.#patterns.push(pattern);
    return pattern;
  }

  #entry(direction: 'publish' | 'subscribe'): string {
    const mayQueue = direction === 'subscribe' || !behaves(this.#version, 'queue-in-publish-refused');
    const queue = mayQueue && this.#chance(direction === 'subscribe' ? 0.3 : 0.05) ? ` ${this.#random.pick([...queues, 'v.*', '>'])}` : '';
    return JSON.stringify(this.#pattern() + queue);
  }

  #list(direction: 'publish' | 'subscribe'): string {
    const entries = this.#some(3, () => this.#entry(direction));
    const [first] = entries;
    // The same subject with and without a queue group is where versions differ.
    if (first && direction === 'subscribe' && this.#chance(0.3)) {
      const [subject = ''] = (JSON.parse(first) as string).split(' ');
      entries.push(JSON.stringify(first.includes(' ') ? subject : `${subject} ${this.#random.pick(queues)}`));
    }
    return entries.length === 1 && this.#chance(0.5) ? (entries[0] as string) : `[${entries.join(', ')}]`;
  }

  #direction(name: 'publish' | 'subscribe'): string | undefined {
    const form = this.#random.below(10);
    if (form < 2) return undefined;
    if (form < 4) return `${name}: ${this.#list(name)}`;
    const allow = form < 8 ? [`allow: ${this.#list(name)}`] : [];
    const deny = form > 4 ? [`deny: ${this.#list(name)}`] : [];
    return `${name}: { ${[...allow, ...deny].join(', ')} }`;
  }

  #responses(): string | undefined {
    switch (this.#random.below(8)) {
      case 0:
        return 'allow_responses: true';
      case 1:
        return `allow_responses: { max: ${this.#random.pick([2, 3, -1, 0])} }`;
      case 2:
        return `allow_responses: { max: 2, expires: "${this.#random.pick(['1ns', '1m', '-1s'])}" }`;
      case 3:
        return 'allow_responses: false';
      default:
        return undefined;
    }
  }

  #permissions(): string {
    return `{ ${[this.#direction('publish'), this.#direction('subscribe'), this.#responses()].filter(Boolean).join(', ')} }`;
  }

  #user(name: string): string {
    const permissions = this.#chance(0.85) ? `, permissions: ${this.#permissions()}` : '';
    return `{ user: ${name}, password: ${password}${permissions} }`;
  }

  #defaults(): string {
    return this.#chance(0.5) ? `default_permissions: ${this.#permissions()}` : '';
  }

  #mappings(): string[] {
    const sources = new Map<string, string>();
    for (const source of this.#some(2, () => this.#pattern())) {
      const stars = source.split('.').filter(token => token === '*').length;
      const rest = source.endsWith('>') ? '.>' : '';
      const words = Array.from({ length: stars }, (_, i) => (this.#chance(0.5) ? `$${i + 1}` : `{{wildcard(${i + 1})}}`));
      if (words.length > 1 && this.#chance(0.5)) words.reverse();
      if (words.length > 0 && this.#chance(0.3)) {
        words.push(this.#random.pick(['{{partition(3,1)}}', '{{split(1,-)}}', '{{splitfromleft(1,1)}}', '{{slicefromright(1,2)}}']));
      }
      const make = () => [...this.#literal(2).split('.'), ...words].join('.') + rest;
      const first = make();
      const weighted = `[ { destination: "${first}", weight: ${this.#random.pick(['40%', '30'])} }, { destination: "m.${make()}", weight: 20% } ]`;
      sources.set(source, this.#chance(0.3) ? weighted : `"${first}"`);
    }
    const entries = [...sources].map(([source, destination]) => `"${source}": ${destination}`);
    return entries.length > 0 ? [`mappings: { ${entries.join(', ')} }`] : [];
  }

  /** A imports from B and C, B from C: so nothing goes around in circles. */
  #exchange() {
    const exports = new Map<string, string>();
    const imports = new Map<string, string>();
    const exported = new Map<string, { kind: string; subject: string }[]>();
    for (const name of ['B', 'C']) {
      const offers = this.#some(4, () => ({ kind: this.#random.pick(['stream', 'service']), subject: this.#pattern() }));
      exported.set(name, offers);
      if (offers.length > 0) exports.set(name, `exports: [ ${offers.map(({ kind, subject }) => `{ ${kind}: "${subject}" }`).join(', ')} ]`);
    }
    const sources: readonly (readonly [string, readonly string[]])[] = [
      ['A', ['B', 'C']],
      ['B', ['C']],
    ];
    for (const [name, from] of sources) {
      const taken = from.flatMap(account =>
        (exported.get(account) ?? []).filter(() => this.#chance(0.7)).map(one => ({ ...one, account })),
      );
      const seen = new Set<string>();
      const lines = taken.flatMap(({ kind, subject, account }) => {
        const line = this.#import(kind, subject, account);
        const key = `${kind} ${line.local} ${kind === 'stream' ? account + subject : ''}`;
        if (seen.has(key)) return [];
        seen.add(key);
        return [line.text];
      });
      if (lines.length > 0) imports.set(name, `imports: [ ${lines.join(', ')} ]`);
    }
    return { exports, imports };
  }

  #import(kind: string, exported: string, account: string): { text: string; local: string } {
    // A part of what is exported may be imported too.
    const subject = this.#chance(0.2) ? exported.replace('*', this.#random.pick(tokens)) : exported;
    const source = `${kind}: { account: ${account}, subject: "${subject}" }`;
    if (kind === 'stream' && this.#chance(0.3)) {
      const prefix = this.#literal(1);
      this.#patterns.push(`${prefix}.${subject}`);
      return { text: `{ ${source}, prefix: "${prefix}" }`, local: `${prefix}.${subject}` };
    }
    if (!this.#chance(0.5)) return { text: `{ ${source} }`, local: subject };
    const words = subject.split('.').filter(token => token === '*');
    const named = words.length > 1 && this.#chance(0.5);
    const placeholders = words.map((word, i) => (named ? `$${words.length - i}` : word));
    const local = [...this.#literal(2).split('.'), ...placeholders, ...(subject.endsWith('>') ? ['>'] : [])].join('.');
    this.#patterns.push(local.replace(/\$\d/g, '*'));
    return { text: `{ ${source}, to: "${local}" }`, local };
  }
}
