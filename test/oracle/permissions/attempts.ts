// What clients may do according to us, tried on a real server. Every difference is a fault of ours, told with what it takes to repeat it.
import type { Release } from '../../../server/src/core/facts/nats-release.ts';
import { parseServerVersion } from '../../../server/src/core/lint/settings.ts';
import { heldBack } from '../../../server/src/core/nats-auth/permission.ts';
import { matchesSubject } from '../../../server/src/core/nats-auth/subject.ts';
import { judgeUser } from '../../../server/src/core/nats-auth/trust.ts';
import { type Asking, answerPermission, type PermissionQuestion } from '../../../server/src/core/nats-conf/permission-answer.ts';
import { Folder } from '../../support/command-line.ts';
import { modelOf } from '../../support/nats-models.ts';
import { type LiveServer, startServer } from '../live-server.ts';
import type { NatsServer } from '../nats-server.ts';
import { Client } from './clients.ts';
import type { Configuration, Login, MakeConfiguration, Person } from './configurations.ts';
import { askingPayload, Scene } from './scene.ts';

export interface Proof {
  readonly attempts: Readonly<Record<string, number>>;
  readonly allowed: number;
  readonly configurations: number;
  readonly disagreements: readonly string[];
}

/** Tries at least `count` things with one version of the server, with configurations made from `seed` on. */
export async function prove(server: NatsServer, make: MakeConfiguration, seed: number, count: number): Promise<Proof> {
  const version = parseServerVersion(server.version) as Release;
  const trial = new Trial(version);
  let configurations = 0;
  for (let next = seed; trial.total < count && trial.disagreements.length === 0; next++) {
    const configuration = make(next, version);
    const live = await startOrSkip(server, configuration);
    if (!live) continue;
    configurations++;
    try {
      await trial.run(live, configuration);
    } catch (error) {
      throw new Error(`under the configuration of seed ${next}: ${(error as Error).message}`, { cause: error });
    } finally {
      await live.stop();
    }
  }
  return { attempts: Object.fromEntries(trial.attempts), allowed: trial.allowed, configurations, disagreements: trial.disagreements };
}

/** What is made up at random is sometimes no configuration, for instance for cycles; then there is nothing to try. */
async function startOrSkip(server: NatsServer, { text }: Configuration): Promise<LiveServer | undefined> {
  try {
    return await startServer(server, text);
  } catch (error) {
    if (/^nats-server stopped/.test((error as Error).message)) return undefined;
    throw error;
  }
}

class Trial {
  readonly attempts = new Map<string, number>();
  readonly disagreements: string[] = [];
  allowed = 0;
  readonly #version: Release;

  constructor(version: Release) {
    this.#version = version;
  }

  get total(): number {
    return [...this.attempts.values()].reduce((sum, count) => sum + count, 0);
  }

  async run(live: LiveServer, configuration: Configuration): Promise<void> {
    const { conf } = modelOf(configuration.text, this.#version);
    const scene = await Scene.open(live, configuration, conf);
    try {
      for (const person of configuration.users) {
        if (!(await this.#login(scene, person))) continue;
        const { login } = person;
        const user = person.asking(conf);
        const client = await Client.open(live.port, login);
        await this.#publishes(scene, user, client);
        await this.#subscriptions(scene, user, client);
        await client.close();
        await this.#deliveries(scene, user, login);
        await this.#replies(scene, user, login);
        await this.#requests(scene, user, login);
      }
      await this.#commandLine(scene);
    } finally {
      await scene.close();
    }
  }

  #compare(kind: string, scene: Scene, what: string, expected: unknown, actual: unknown): void {
    this.attempts.set(kind, (this.attempts.get(kind) ?? 0) + 1);
    if (expected === true) this.allowed++;
    const [ours, theirs] = [JSON.stringify(expected), JSON.stringify(actual)];
    if (ours === theirs) return;
    const { seed, told } = scene.configuration;
    this.disagreements.push(
      `${kind}: ${what}\n  we say ${ours}\n  nats-server ${this.#version.join('.')} says ${theirs}\n  seed ${seed}\n${told}`,
    );
  }

  /** Under operators, templates refuse some users. */
  async #login(scene: Scene, { name, login, claims }: Person): Promise<boolean> {
    const trust = scene.conf.operatorMode?.trust;
    if (!trust || !claims) return true;
    const expected = judgeUser(claims, trust, Date.now()).broken.length === 0;
    const actual = await Client.isLetIn(scene.live.port, login);
    this.#compare('login', scene, `${name} logs in`, expected, actual);
    return actual;
  }

  async #publishes(scene: Scene, user: Asking, client: Client): Promise<void> {
    for (const subject of scene.literals(14)) {
      const answer = answerPermission(scene.conf, user, { action: 'publish', subject });
      const id = scene.nextId();
      const taken = await client.publish(subject, id);
      const outcomes = scene.flows.mapped(user.account, subject);
      // Where chance decides about the subject, there is nothing to compare.
      if (outcomes.length > 1) continue;
      this.#compare('publish', scene, `${user.name} publishes to ${subject}`, answer.allowed, taken);
      const mapped = outcomes[0]?.subject;
      const landings = taken && mapped !== undefined ? scene.landings(user.account, mapped) : undefined;
      const expected = landings?.map(landing => `${landing.account} ${landing.subject}`).sort();
      if (expected) this.#compare('route', scene, `${user.name} publishes to ${subject}`, expected, await scene.seen(id));
    }
  }

  async #subscriptions(scene: Scene, user: Asking, client: Client): Promise<void> {
    const { allow = [], deny = [] } = user.granted?.permissions.subscribe ?? {};
    // Also what a star lets through, being compared word by word.
    const named = [...allow, ...deny].flatMap(({ subject }) =>
      subject.endsWith('*') ? [subject, subject.replace(/\*$/, '>')] : [subject],
    );
    for (const subject of [...scene.subscriptions(8), ...scene.subscriptions(3, named), ...named]) {
      const queue = named.includes(subject) && scene.random.next() < 0.7 ? scene.random.pick(scene.configuration.queues) : scene.queue();
      const answer = answerPermission(scene.conf, user, { action: 'subscribe', subject, queue });
      const taken = await client.subscribe(subject, queue);
      this.#compare(
        queue ? 'queue subscription' : 'subscription',
        scene,
        `${user.name} subscribes to ${subject} ${queue ?? ''}`,
        answer.allowed,
        taken,
      );
    }
  }

  async #deliveries(scene: Scene, user: Asking, login: Login): Promise<void> {
    const { permissions } = user.granted ?? {};
    const deny = permissions?.subscribe?.deny ?? [];
    const denied = deny.map(({ subject }) => subject);
    const groups = deny.flatMap(one => one.queue?.replace(/[*>]$/, 'x') ?? []);
    for (const subject of scene.subscriptions(5, denied)) {
      const queue = scene.queue(groups);
      if (!answerPermission(scene.conf, user, { action: 'subscribe', subject, queue }).allowed) continue;
      const client = await Client.open(scene.live.port, login);
      const received: string[] = [];
      await client.subscribe(subject, queue, message => received.push(`${message.string()} ${message.subject}`));
      const held = heldBack(permissions, { subject, queue }, this.#version);
      for (const wanted of [...scene.literals(3, [subject, ...denied]), ...scene.literals(2)]) {
        const from = scene.random.next() < 0.7 ? user.account : scene.random.pick([...scene.configuration.observers.keys()]);
        const [outcome, other] = scene.flows.mapped(from, wanted);
        const landings = other ? undefined : scene.landings(from, outcome?.subject ?? '');
        if (!landings) continue;
        const id = scene.nextId();
        await scene.observer(from).publish(wanted, id);
        await client.refused();
        const reached = landings.filter(landing => landing.account === user.account && matchesSubject(subject, landing.subject));
        // Of several imports that bring a message to one queue group, chance takes one.
        if (queue && reached.filter(({ by }) => by[0]?.kind === 'stream').length > 1) continue;
        const expected = reached.filter(landing => !held.holds(landing.subject)).map(landing => `${id} ${landing.subject}`);
        const actual = received.filter(one => one.startsWith(`${id} `)).sort();
        this.#compare(
          'delivery',
          scene,
          `${wanted}, published in ${from}, to ${user.name} with ${subject} ${queue ?? ''}`,
          expected.sort(),
          actual,
        );
      }
      await client.close();
    }
  }

  /** A responder that answers more often than anybody may. */
  async #replies(scene: Scene, user: Asking, login: Login): Promise<void> {
    const responses = user.granted?.permissions.responses;
    if (!responses && scene.random.next() < 0.7) return;
    const subject = scene.subscriptions(20).find(one => answerPermission(scene.conf, user, { action: 'subscribe', subject: one }).allowed);
    if (subject === undefined) return;
    const client = await Client.open(scene.live.port, login);
    const replies: string[] = [];
    await client.subscribe(subject, undefined, message => message.reply && replies.push(message.reply));
    for (const wanted of scene.literals(3, [subject])) {
      replies.length = 0;
      await scene.observer(user.account).publish(wanted, scene.nextId(), `answer.${scene.nextId()}`);
      await client.refused();
      for (const reply of new Set(replies)) {
        const outcomes = scene.flows.mapped(user.account, reply);
        if (outcomes.length > 1 || replies.filter(one => one === reply).length > 1) continue;
        const free = answerPermission(scene.conf, user, { action: 'publish', subject: reply }).allowed;
        // A reply that is mapped to another subject is no reply any more.
        const most = !responses || outcomes[0]?.mapping ? 0 : isOver(responses.expires) ? 0 : responses.max < 0 ? 9 : responses.max;
        for (let i = 0; i < 4; i++) {
          const taken = await client.publish(reply, scene.nextId());
          this.#compare('reply', scene, `${user.name} sends reply number ${i + 1} to ${reply}`, free || i < most, taken);
        }
      }
    }
    await client.close();
  }

  /** Requests as clients make them; the observers answer. */
  async #requests(scene: Scene, user: Asking, login: Login): Promise<void> {
    const { permissions } = user.granted ?? {};
    // The client chooses the words behind `_INBOX`; no pattern of the configuration names them.
    const [inbox, reply] = ['_INBOX.CHOSEN.*', '_INBOX.CHOSEN.reply'];
    const subscribes = answerPermission(scene.conf, user, { action: 'subscribe', subject: inbox }).allowed;
    const held = heldBack(permissions, { subject: inbox }, this.#version).holds(reply);
    const [way, other] = scene.flows.mapped(user.account, reply);
    if (other) return;
    const returns = subscribes && !held && way?.mapping === undefined;
    for (const subject of scene.literals(2)) {
      if (scene.flows.mapped(user.account, subject).length > 1) continue;
      const expected = returns && answerPermission(scene.conf, user, { action: 'publish', subject }).allowed;
      const client = await Client.open(scene.live.port, login);
      const answered = await client.request(subject, askingPayload, expected ? 20_000 : 40);
      this.#compare('request', scene, `${user.name} makes a request to ${subject}`, expected, answered);
      await client.close();
    }
  }

  async #commandLine(scene: Scene): Promise<void> {
    const folder = new Folder({ 'nats.conf': scene.configuration.text, ...scene.configuration.files });
    try {
      for (const { name, asking } of scene.configuration.users.slice(0, 4)) {
        const user = asking(scene.conf);
        for (const subject of [...scene.subscriptions(1), ...scene.literals(1)]) {
          const question: PermissionQuestion =
            subject.includes('*') || subject.includes('>') ? { action: 'subscribe', subject } : { action: 'publish', subject };
          const { allowed } = answerPermission(scene.conf, user, question);
          const args = [
            'can',
            '--config',
            'nats.conf',
            '--user',
            name,
            '--nats-server',
            this.#version.join('.'),
            '--json',
            question.action.slice(0, 3),
            subject,
          ];
          const { code, out } = await folder.run(args);
          this.#compare('command line', scene, args.join(' '), [allowed, allowed ? 0 : 1], [JSON.parse(out || '{}').allowed, code]);
        }
      }
    } finally {
      folder.remove();
    }
  }
}

function isOver(expires: number): boolean {
  return expires > 0 && expires < 1e6;
}
