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
