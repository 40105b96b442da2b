// Keeps the server answering: long work stops every few milliseconds and lets waiting messages through.
import type { Platform } from './platform.ts';

/** Milliseconds that work may hold the event loop. */
const longestSlice = 12;

/** Lets everything that waits in the event loop run. */
export function pause({ timers }: Pick<Platform, 'timers'>): Promise<void> {
  return sleep({ timers }, 0);
}

/** Waits `delay` milliseconds. */
export function sleep({ timers }: Pick<Platform, 'timers'>, delay: number): Promise<void> {
  return new Promise(resolve => timers.after(delay, resolve));
}

/** One stretch of work. Ask `isOver()` after each step; when it says so, `await next()`. */
export class TimeSlice {
  readonly #platform: Pick<Platform, 'timers' | 'clock'>;
  #end: number;

  constructor(platform: Pick<Platform, 'timers' | 'clock'>) {
    this.#platform = platform;
    this.#end = platform.clock() + longestSlice;
  }

  isOver(): boolean {
    return this.#platform.clock() >= this.#end;
  }

  async next(): Promise<void> {
    await pause(this.#platform);
    this.#end = this.#platform.clock() + longestSlice;
  }
}

/** Steps of long work. A promise in the place of a step is waited for. */
export type Steps = Generator<unknown>;

/** Runs steps in slices, the first slice at once: what is done by then needs no promise. */
export function inSlices(steps: Steps, platform: Pick<Platform, 'timers' | 'clock'>): Promise<void> | undefined {
  const slice = new TimeSlice(platform);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return undefined;
    if (value instanceof Promise || slice.isOver()) return goOn(steps, slice, value);
  }
}

async function goOn(steps: Steps, slice: TimeSlice, first: unknown): Promise<void> {
  await (first instanceof Promise ? first : slice.next());
  for (const wait of steps) {
    if (wait instanceof Promise) await wait;
    else if (slice.isOver()) await slice.next();
  }
}
