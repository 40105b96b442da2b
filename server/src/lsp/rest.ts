// Tells when the server has nothing to do, which is when memory that nobody needs can be given back without keeping anybody waiting.
import type { Timers } from './platform.ts';

/** Milliseconds without anything being planned; more than the start takes, whose compiled code is kept with the flags of V8 then. */
const restDelay = 12_000;

/** Timers that say `true` once nobody has planned anything for a while, and `false` when somebody does again. Every message plans something. */
export function withRest(timers: Timers, rest: (isResting: boolean) => void): Timers {
  let isResting = false;
  let cancel = () => {};
  const begin = () => {
    isResting = true;
    rest(true);
  };
  return {
    after(delay, run) {
      if (isResting) rest(false);
      isResting = false;
      cancel();
      cancel = timers.after(restDelay, begin);
      return timers.after(delay, run);
    },
  };
}
