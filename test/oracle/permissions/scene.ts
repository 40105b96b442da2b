// One running server under one configuration: who watches, and which subjects are worth a try.
import type { AccountFlows, Landing } from '../../../server/src/core/nats-auth/account-flow.ts';
import { flowsOf } from '../../../server/src/core/nats-conf/account-flows.ts';
import type { NatsConf } from '../../../server/src/core/nats-conf/model.ts';
import { type Random, randomFrom } from '../../support/random.ts';
import type { LiveServer } from '../live-server.ts';
import { Client } from './clients.ts';
import type { Configuration } from './configurations.ts';

/** What observers answer to. */
export const askingPayload = 'question';

/** A running server with somebody in each account who sees everything. */
export class Scene {
  readonly live: LiveServer;
  readonly configuration: Configuration;
  readonly conf: NatsConf;
  /** How messages flow between the accounts. */
  readonly flows: AccountFlows;
  readonly random: Random;
  readonly #observers: ReadonlyMap<string, Client>;
  readonly #seen = new Map<string, { account: string; subject: string }[]>();
  #ids = 0;

  private constructor(live: LiveServer, configuration: Configuration, conf: NatsConf, observers: ReadonlyMap<string, Client>) {
    this.live = live;
    this.configuration = configuration;
    this.conf = conf;
    this.flows = configuration.users[0]?.asking(conf).byJwt?.flows ?? flowsOf(conf);
    this.#observers = observers;
    this.random = randomFrom(configuration.seed + 1);
  }

  static async open(live: LiveServer, configuration: Configuration, conf: NatsConf): Promise<Scene> {
    const observers = new Map<string, Client>();
    const scene = new Scene(live, configuration, conf, observers);
    for (const [account, login] of configuration.observers) {
      const client = await Client.open(live.port, login);
      observers.set(account, client);
      await client.subscribe('>', undefined, message => {
        const id = message.string();
        if (id === askingPayload) message.respond('answer');
        scene.#seen.set(id, [...(scene.#seen.get(id) ?? []), { account, subject: message.subject }]);
      });
    }
    return scene;
  }

  observer(account: string): Client {
    return this.#observers.get(account) as Client;
  }

  nextId(): string {
    return `m${++this.#ids}`;
  }

  /** Where observers saw a message that the server has dealt with. */
  async seen(id: string): Promise<readonly string[]> {
    for (const client of this.#observers.values()) await client.refused();
    return (this.#seen.get(id) ?? []).map(({ account, subject }) => `${account} ${subject}`).sort();
  }

  /** Undefined where chance has a part in it. */
  landings(account: string, subject: string): readonly Landing[] | undefined {
    const landings = this.flows.landings(account, subject);
    return landings.every(({ sure }) => sure) ? landings : undefined;
  }

  /** Subjects that these patterns, or some of the configuration's, match or nearly match. */
  literals(count: number, patterns: readonly string[] = this.configuration.patterns): readonly string[] {
    return Array.from({ length: count }, () => {
      const pattern = patterns.length > 0 && this.random.next() < 0.85 ? this.random.pick(patterns) : '*.>';
      const words = pattern.split('.').flatMap(token => {
        if (token === '>') return Array.from({ length: 1 + this.random.below(2) }, () => this.#word());
        return token === '*' ? [this.#word()] : [token.replace('*', this.random.next() < 0.5 ? '*' : 'x')];
      });
      if (this.random.next() < 0.15) words[this.random.below(words.length)] = this.#word();
      if (this.random.next() < 0.08) words.push(this.#word());
      return words.join('.');
    });
  }

  #word(): string {
    return this.random.pick(['a', 'b', 'c', 'd', 'x-y', 'abcd']);
  }

  /** Patterns near those of the configuration, wider and narrower ones. */
  subscriptions(count: number, patterns: readonly string[] = []): readonly string[] {
    const all = patterns.length > 0 ? [...patterns, ...patterns, ...this.configuration.patterns] : this.configuration.patterns;
    return Array.from({ length: count }, () => {
      if (this.random.next() < 0.3) return this.literals(1)[0] as string;
      const words = (all.length > 0 ? this.random.pick(all) : '>').split('.').map(token => {
        if (token === '>') return this.random.next() < 0.8 ? '>' : '*';
        return this.random.next() < 0.25 ? '*' : token === '*' && this.random.next() < 0.25 ? this.#word() : token;
      });
      if (this.random.next() < 0.2 && words.at(-1) !== '>') words.splice(1 + this.random.below(words.length), words.length, '>');
      return words.join('.');
    });
  }

  /** Sometimes one of these, sometimes any, often none. */
  queue(groups: readonly string[] = []): string | undefined {
    if (groups.length > 0 && this.random.next() < 0.5) return this.random.pick(groups);
    return this.random.next() < 0.4 ? this.random.pick([...this.configuration.queues, 'v.3']) : undefined;
  }

  async close(): Promise<void> {
    for (const client of this.#observers.values()) await client.close();
  }
}
