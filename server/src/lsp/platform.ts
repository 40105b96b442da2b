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
      if (delay === 0 && 'setImmediate' in globalThis) return afterThisTurn(run);
      const handle = setTimeout(run, delay);
      return () => clearTimeout(handle);
    },
  },
  clock: Date.now,
};

/**
 * Where node has it, a millisecond sooner than any timer, and an edit of a large file waits several times. Two turns of the event loop: in
 * the first a message that has come is read, which the library hands over in the second, before `run`.
 */
function afterThisTurn(run: () => void): () => void {
  let handle = setImmediate(() => {
    handle = setImmediate(run);
  });
  return () => clearImmediate(handle);
}
