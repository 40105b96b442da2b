// Words, patterns and permissions made up from a seed: few words, so that patterns overlap often.
import { behaves } from '../../../server/src/core/facts/nats-behaviors.ts';
import type { Release } from '../../../server/src/core/facts/nats-release.ts';
import type { Random } from '../../support/random.ts';

export const tokens = ['a', 'b', 'c', 'd'];
export const queues = ['q1', 'q2', 'v.1', 'v.2'];

export type Direction = 'publish' | 'subscribe';

export class Choices {
  readonly random: Random;
  readonly version: Release;
  /** Every pattern that was made, as a source of subjects that matter. */
  readonly patterns: string[] = [];

  constructor(random: Random, version: Release) {
    this.random = random;
    this.version = version;
  }

  chance(share: number): boolean {
    return this.random.next() < share;
  }

  some<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.random.below(most + 1) }, make);
  }

  literal(longest = 3): string {
    return Array.from({ length: 1 + this.random.below(longest) }, () => this.random.pick(tokens)).join('.');
  }

  pattern(): string {
    const words = this.literal()
      .split('.')
      .map(word => (this.chance(0.3) ? '*' : this.chance(0.04) ? `${word}*` : word));
    if (this.chance(0.25)) words.push('>');
    const pattern = this.chance(0.05) ? '>' : this.chance(0.08) ? '_INBOX.>' : words.join('.');
    this.patterns.push(pattern);
    return pattern;
  }

  /** Entries of a list of permissions. */
  entries(direction: Direction): readonly string[] {
    const entries = this.some(3, () => this.#entry(direction));
    const [first] = entries;
    // The same subject with and without a queue group is where versions differ.
    if (first && direction === 'subscribe' && this.chance(0.3)) {
      const [subject = ''] = first.split(' ');
      entries.push(first.includes(' ') ? subject : `${subject} ${this.random.pick(queues)}`);
    }
    return entries;
  }

  #entry(direction: Direction): string {
    const mayQueue = direction === 'subscribe' || !behaves(this.version, 'queue-in-publish-refused');
    const hasQueue = mayQueue && this.chance(direction === 'subscribe' ? 0.3 : 0.05);
    return this.pattern() + (hasQueue ? ` ${this.random.pick([...queues, 'v.*', '>'])}` : '');
  }
}
