// What two versions of a text have in common at their beginning and end: what stands between was edited.

/** Characters that are compared at once; the engine compares long pieces much faster than we single characters. */
const step = 2048;

export interface CommonEnds {
  /** Characters at the beginning that are the same. */
  readonly prefix: number;
  /** Characters at the end that are the same; they do not overlap those of the beginning. */
  readonly suffix: number;
}

/** What was compared last: everything that follows an edit asks about the same two versions. */
let last: { readonly before: string; readonly after: string; readonly ends: CommonEnds } | undefined;

export function commonEnds(before: string, after: string): CommonEnds {
  // Strings that are the same object are found to be so at once.
  if (last?.after !== after || last.before !== before) last = { before, after, ends: compare(before, after) };
  return last.ends;
}

function compare(before: string, after: string): CommonEnds {
  const most = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix + step <= most && before.slice(prefix, prefix + step) === after.slice(prefix, prefix + step)) prefix += step;
  while (prefix < most && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix++;
  const rest = most - prefix;
  const [endBefore, endAfter] = [before.length, after.length];
  let suffix = 0;
  while (
    suffix + step <= rest &&
    before.slice(endBefore - suffix - step, endBefore - suffix) === after.slice(endAfter - suffix - step, endAfter - suffix)
  ) {
    suffix += step;
  }
  while (suffix < rest && before.charCodeAt(endBefore - suffix - 1) === after.charCodeAt(endAfter - suffix - 1)) suffix++;
  return { prefix, suffix };
}
