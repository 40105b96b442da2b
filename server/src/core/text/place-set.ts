// Places of which it is asked again and again whether they are there: thousands are looked up after every keystroke.
import type { FileId } from './file-id.ts';
import type { Place } from './place.ts';

/** Places as they are when they are added; what moves with its text must not be looked up after an edit. */
export class PlaceSet {
  /** Ends by file and start: no texts are made to compare places. */
  readonly #ends = new Map<FileId, Map<number, number[]>>();

  has({ file, span }: Place): boolean {
    return this.#ends.get(file)?.get(span.start)?.includes(span.end) ?? false;
  }

  /** False for a place that was added before. */
  add({ file, span: { start, end } }: Place): boolean {
    const ofFile = this.#ends.get(file) ?? new Map<number, number[]>();
    if (ofFile.size === 0) this.#ends.set(file, ofFile);
    const ends = ofFile.get(start);
    if (!ends) ofFile.set(start, [end]);
    else if (ends.includes(end)) return false;
    else ends.push(end);
    return true;
  }
}
