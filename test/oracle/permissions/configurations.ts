// Configurations with users, accounts, permissions, mappings, imports and exports, made up from a seed and valid for a server version.
import type { Authenticator, ConnectionOptions } from '@nats-io/transport-node';
import { nkeyAuthenticator } from '@nats-io/transport-node';
import type { Release } from '../../../server/src/core/facts/nats-release.ts';
import type { UserClaims } from '../../../server/src/core/nats-auth/claims.ts';
import type { NatsConf } from '../../../server/src/core/nats-conf/model.ts';
import type { Asking } from '../../../server/src/core/nats-conf/permission-answer.ts';
import { usersOf } from '../../../server/src/core/nats-conf/user-access.ts';
import { party } from '../../support/nats-tokens.ts';
import { randomFrom } from '../../support/random.ts';
import { Choices, type Direction, queues } from './choices.ts';
import { cluster, type MadeExport, type MadeImport, type MadeMapping, makeExchange, makeMappings } from './exchange.ts';

/** Password of everybody: the servers live for seconds, on the loopback interface. */
const password = 'pass';

export type Login = Pick<ConnectionOptions, 'user' | 'pass'> & { readonly authenticator?: Authenticator };

/** A user under test. */
export interface Person {
  /** Its name, or its public key. */
  readonly name: string;
  readonly account: string;
  readonly login: Login;
  /** Of its JWT, where it has one. */
  readonly claims?: UserClaims;
  /** What we know of it. */
  asking(conf: NatsConf): Asking;
}

export interface Configuration {
  readonly seed: number;
  readonly text: string;
  /** What it says, for people. */
  readonly told: string;
  /** Files beside it, for the command line. */
  readonly files: Readonly<Record<string, string>>;
  /** Who may do everything, in every account. */
  readonly observers: ReadonlyMap<string, Login>;
  readonly users: readonly Person[];
  /** Patterns that the configuration speaks of, as a source of subjects that matter. */
  readonly patterns: readonly string[];
  readonly queues: readonly string[];
}

/** Makes the same configuration from the same seed, apart from keys. */
export type MakeConfiguration = (seed: number, version: Release) => Configuration;

export const makeConfiguration: MakeConfiguration = (seed, version) => new Maker(new Choices(randomFrom(seed), version)).make(seed);

const named = ['A', 'B', 'C'] as const;

class Maker {
  readonly #choices: Choices;

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  make(seed: number): Configuration {
    const accounts = [...named, '$G'];
    const observers = new Map(accounts.map(account => [account, { user: `observer-${account.replace('$', '')}`, pass: password }]));
    const users: Person[] = [];
    const listOf = (account: string) => {
      const own = [1, 2, 3].map(number => this.#user(account, number));
      users.push(...own.map(({ person }) => person));
      const all = [`{ user: ${observers.get(account)?.user}, password: ${password}, permissions: {} }`, ...own.map(({ text }) => text)];
      return `users: [\n${all.map(one => `      ${one}`).join('\n')}\n    ]`;
    };
    const exchange = makeExchange(this.#choices, named);
    const blocks = named.map(name => {
      const exports = (exchange.exports.get(name) ?? []).map(exportText);
      const imports = (exchange.imports.get(name) ?? []).map(importText);
      const parts = [
        listOf(name),
        this.#defaults(),
        mappingsText(makeMappings(this.#choices)),
        exports.length > 0 ? `exports: [ ${exports.join(', ')} ]` : '',
        imports.length > 0 ? `imports: [ ${imports.join(', ')} ]` : '',
      ];
      return `  ${name}: {\n${parts
        .filter(Boolean)
        .map(part => `    ${part}`)
        .join('\n')}\n  }`;
    });
    const global = [patience, listOf('$G'), this.#defaults()].filter(Boolean).join('\n    ');
    const text = `accounts: {\n${blocks.join('\n')}\n}\nauthorization: {\n    ${global}\n}\n${mappingsText(makeMappings(this.#choices))}\n${this.#cluster()}`;
    return { seed, text, told: text, files: {}, observers, users, patterns: this.#choices.patterns, queues };
  }

  #cluster(): string {
    return this.#choices.chance(0.3) ? clusterText : '';
  }

  #list(direction: Direction): string {
    const entries = this.#choices.entries(direction).map(entry => JSON.stringify(entry));
    return entries.length === 1 && this.#choices.chance(0.5) ? (entries[0] as string) : `[${entries.join(', ')}]`;
  }

  #direction(name: Direction): string | undefined {
    const form = this.#choices.random.below(10);
    if (form < 2) return undefined;
    if (form < 4) return `${name}: ${this.#list(name)}`;
    const allow = form < 8 ? [`allow: ${this.#list(name)}`] : [];
    const deny = form > 4 ? [`deny: ${this.#list(name)}`] : [];
    return `${name}: { ${[...allow, ...deny].join(', ')} }`;
  }

  #responses(): string | undefined {
    const { random } = this.#choices;
    switch (random.below(8)) {
      case 0:
        return 'allow_responses: true';
      case 1:
        return `allow_responses: { max: ${random.pick([2, 3, -1, 0])} }`;
      case 2:
        return `allow_responses: { max: 2, expires: "${random.pick(['1ns', '1m', '-1s'])}" }`;
      case 3:
        return 'allow_responses: false';
      default:
        return undefined;
    }
  }

  #permissions(): string {
    return `{ ${[this.#direction('publish'), this.#direction('subscribe'), this.#responses()].filter(Boolean).join(', ')} }`;
  }

  #user(account: string, number: number): { readonly text: string; readonly person: Person } {
    const permissions = this.#choices.chance(0.85) ? `, permissions: ${this.#permissions()}` : '';
    const key = this.#choices.chance(0.15) ? party('user') : undefined;
    const name = key?.key ?? `${account.replace('$', '').toLowerCase()}${number}`;
    const login: Login = key ? { authenticator: nkeyAuthenticator(new TextEncoder().encode(key.seed)) } : { user: name, pass: password };
    const asking = (conf: NatsConf) => {
      const user = usersOf(conf).find(one => one.name === name);
      if (!user) throw new Error(`the core does not know user ${name}`);
      return user;
    };
    const text = `{ ${key ? `nkey: ${name}` : `user: ${name}, password: ${password}`}${permissions} }`;
    return { text, person: { name, account, login, asking } };
  }

  #defaults(): string {
    return this.#choices.chance(0.5) ? `default_permissions: ${this.#permissions()}` : '';
  }
}

/** Seconds to log in: a machine that does much else is slow to send what it knows. */
export const patience = 'timeout: 50';

/** A cluster of one. */
export const clusterText = `cluster: { name: ${cluster}, listen: "127.0.0.1:-1" }\n`;

function mappingsText(mappings: readonly MadeMapping[]): string {
  const entries = mappings.map(({ source, destinations }, at) => {
    const [only] = destinations;
    const isPlain = only && destinations.length === 1 && only.weight === 100;
    const weighted = destinations.map(({ subject, weight, cluster }) => {
      const words = [`destination: "${subject}"`, `weight: ${weight}${at === 0 ? '%' : ''}`, ...(cluster ? [`cluster: ${cluster}`] : [])];
      return `{ ${words.join(', ')} }`;
    });
    return `"${source}": ${isPlain ? `"${only.subject}"` : `[ ${weighted.join(', ')} ]`}`;
  });
  return entries.length > 0 ? `mappings: { ${entries.join(', ')} }` : '';
}

function exportText({ kind, subject, only, position, response, latency }: MadeExport): string {
  const words = [
    `${kind}: "${subject}"`,
    ...(only ? [`accounts: [${only.join(', ')}]`] : []),
    ...(position ? [`account_token_position: ${position}`] : []),
    ...(response ? [`response: ${response}`] : []),
    ...(latency ? [`latency: { sampling: ${latency.sampling}%, subject: "${latency.results}" }`] : []),
  ];
  return `{ ${words.join(', ')} }`;
}

function importText({ kind, account, subject, local, form, share }: MadeImport): string {
  const renamed =
    form === 'same' ? [] : form === 'prefix' ? [`prefix: "${local.slice(0, local.length - subject.length - 1)}"`] : [`to: "${local}"`];
  return `{ ${[`${kind}: { account: ${account}, subject: "${subject}" }`, ...renamed, ...(share ? ['share: true'] : [])].join(', ')} }`;
}
