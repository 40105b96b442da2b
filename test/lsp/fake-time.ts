// Timers and a clock that stand still until a test moves them.
import type { Platform } from '../../server/src/lsp/platform.ts';

interface Planned {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export class FakeTime {
  now: number;
  /** Milliseconds that pass with each look at the clock. */
  perLook = 0;
  #order = 0;
  #planned: Planned[] = [];

  constructor(now = 0) {
    this.now = now;
  }

  get platform(): Pick<Platform, 'timers' | 'clock'> {
    return {
      clock: () => {
        this.now += this.perLook;
        return this.now;
      },
      timers: {
        after: (delay, run) => {
          const planned = { at: this.now + delay, order: this.#order++, run };
          this.#planned.push(planned);
          return () => {
            this.#planned = this.#planned.filter(other => other !== planned);
          };
        },
      },
    };
  }

  /** Times at which something is planned. */
  get planned(): readonly number[] {
    return this.#planned.map(({ at }) => at).sort((a, b) => a - b);
  }

  /** Lets time pass, with everything that is due, and with what promises do in between. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    for (;;) {
      await promisesSettle();
      const next = [...this.#planned].sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (!next || next.at > end) break;
      this.#planned = this.#planned.filter(other => other !== next);
      this.now = Math.max(this.now, next.at);
      next.run();
    }
    this.now = end;
    await promisesSettle();
  }
}

async function promisesSettle(): Promise<void> {
  await new Promise(done => setImmediate(done));
}
