// What differs between node and browser, and what tests replace: files, timers, clock.
import type { Ask } from '../checks/remote-keys.ts';
import type { FileSource } from '../hosts/file-source.ts';

export interface Timers {
  /** Runs `run` once after `delay` milliseconds; the answer cancels it. */
  after(delay: number, run: () => void): () => void;
}

export interface Platform {
  /** Undefined where the server has no file system of its own and may have to ask the client. */
  readonly files: FileSource | undefined;
  readonly timers: Timers;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Asks an address that a person has named; absent where there is no network. */
  readonly ask?: Ask;
}

/** Timers and clock that node and browsers share. */
export const realTime: Pick<Platform, 'timers' | 'clock'> = {
  timers: {
    after(delay, run) {
      const handle = setTimeout(run, delay);
      return () => clearTimeout(handle);
    },
  },
  clock: Date.now,
};
