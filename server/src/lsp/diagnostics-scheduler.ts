// Decides when diagnostics are reported: an edited file at once, or a moment after the last of several quick keystrokes, all others in
// slices behind it, and everything again when time itself changes a finding. It knows nothing of files or findings; timers come from outside.
import type { FileId } from '../core/text/file-id.ts';
import type { Platform } from './platform.ts';
import { TimeSlice } from './time-slice.ts';

/** Milliseconds between two keystrokes below which somebody is not done: an edited file is then judged after as long without another. */
export const editDelay = 25;
/** Longest time, in milliseconds, that a recheck sleeps at once: timers overflow after 24 days, and a computer may sleep through one. */
const longestSleep = 3_600_000;

export interface DiagnosticsWork {
  /** What a report would be about. Another value than before, or undefined, means that nobody wants the report any more. */
  identityOf(id: FileId): unknown;
  /** Loads what the report needs; undefined when nothing is missing. */
  prepare(id: FileId): Promise<void> | undefined;
  /** Judges the file and sends what changed. */
  publish(id: FileId): void;
}

export class DiagnosticsScheduler {
  readonly #platform: Pick<Platform, 'timers' | 'clock'>;
  readonly #work: DiagnosticsWork;
  readonly #pending = new Map<FileId, () => void>();
  /** When each file was edited last. */
  readonly #edited = new Map<FileId, number>();
  /** Sweep that is under way for an owner. */
  readonly #sweeps = new Map<object, object>();
  readonly #rechecks = new Map<object, () => void>();

  constructor(platform: Pick<Platform, 'timers' | 'clock'>, work: DiagnosticsWork) {
    this.#platform = platform;
    this.#work = work;
  }

  /** Reports on a file that was edited: at once when it rested before, so that nobody who types slowly waits for us. */
  edited(id: FileId): void {
    const now = this.#platform.clock();
    const before = this.#edited.get(id);
    this.schedule(id, before !== undefined && now - before < editDelay ? editDelay : 0);
    this.#edited.set(id, now);
  }

  /** Reports on one file after `delay` milliseconds; a report that was pending for it is put off. */
  schedule(id: FileId, delay = 0): void {
    this.#takeBack(id);
    const cancel = this.#platform.timers.after(delay, () => {
      this.#pending.delete(id);
      void this.#report(id);
    });
    this.#pending.set(id, cancel);
  }

  /** Takes back a pending report of a file that is closed. */
  cancel(id: FileId): void {
    this.#takeBack(id);
    this.#edited.delete(id);
  }

  #takeBack(id: FileId): void {
    this.#pending.get(id)?.();
    this.#pending.delete(id);
  }

  /** Reports on many files, in this order and in slices. A newer sweep for the same owner takes the place of an older one. */
  async sweep(owner: object, files: readonly FileId[]): Promise<void> {
    const sweep = {};
    this.#sweeps.set(owner, sweep);
    const slice = new TimeSlice(this.#platform);
    for (const id of files) {
      // A file with a pending report is about to be judged by that.
      if (!this.#pending.has(id)) this.#work.publish(id);
      if (slice.isOver()) await slice.next();
      if (this.#sweeps.get(owner) !== sweep) return;
    }
    this.#sweeps.delete(owner);
  }

  /** Runs `recheck` at `time` (milliseconds since the epoch), instead of what was planned for the owner; undefined plans nothing. */
  recheckAt(owner: object, time: number | undefined, recheck: () => void): void {
    this.#rechecks.get(owner)?.();
    this.#rechecks.delete(owner);
    if (time === undefined) return;
    // A timer may fire early by a fraction of a millisecond; the finding must have changed when it does.
    const delay = Math.max(0, time - this.#platform.clock()) + 1;
    const wake = () => (this.#platform.clock() >= time ? recheck() : this.recheckAt(owner, time, recheck));
    this.#rechecks.set(owner, this.#platform.timers.after(Math.min(delay, longestSleep), wake));
  }

  /** Stops everything that was planned for an owner. */
  forget(owner: object): void {
    this.#sweeps.delete(owner);
    this.recheckAt(owner, undefined, () => undefined);
  }

  dispose(): void {
    for (const cancel of [...this.#pending.values(), ...this.#rechecks.values()]) cancel();
    this.#pending.clear();
    this.#edited.clear();
    this.#rechecks.clear();
    this.#sweeps.clear();
  }

  async #report(id: FileId): Promise<void> {
    const identity = this.#work.identityOf(id);
    if (identity === undefined) return;
    const preparation = this.#work.prepare(id);
    if (preparation) {
      await preparation;
      // While that took its time, the file may have changed or been closed; whoever did that has planned what is due.
      if (this.#work.identityOf(id) !== identity || this.#pending.has(id)) return;
    }
    this.#work.publish(id);
  }
}
