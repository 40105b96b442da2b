// Most texts lack most of what is looked for in them, and a keystroke adds it to few: what an earlier version of a text lacked is looked
// for again where it was edited alone.
import { commonEnds } from './equal-ends.ts';

/** A text; with a lineage, which is the same object for all its versions, as one of several. */
export interface Version {
  readonly text: string;
  readonly lineage?: object;
}

export class Absence {
  readonly #occursIn: (text: string) => boolean;
  readonly #reach: number;
  /** The last version of each text, if it lacked what is looked for. */
  readonly #lacking = new WeakMap<object, string>();

  /** `reach`: characters, at most, that tell whether it stands at some place, those before and behind it included. */
  constructor(occursIn: (text: string) => boolean, reach: number) {
    this.#occursIn = occursIn;
    this.#reach = reach;
  }

  /** Whether it stands nowhere in a text. */
  isIn({ text, lineage }: Version): boolean {
    const before = lineage && this.#lacking.get(lineage);
    const isAbsent = (before !== undefined && this.#isAbsentSince(before, text)) || !this.#occursIn(text);
    if (lineage && isAbsent) this.#lacking.set(lineage, text);
    else if (lineage) this.#lacking.delete(lineage);
    return isAbsent;
  }

  /** False also where it only seems to stand there, in a piece that is cut out of the text. */
  #isAbsentSince(before: string, text: string): boolean {
    const { prefix, suffix } = commonEnds(before, text);
    return !this.#occursIn(text.slice(Math.max(0, prefix - this.#reach), text.length - suffix + this.#reach));
  }
}
