// What is empty, once for all: of a large file thousands of lists and maps are, and each of its own would take 30 or 180 bytes.
export const none: readonly never[] = [];
export const noEntries: ReadonlyMap<never, never> = new Map<never, never>();

/** The same entries, for whoever keeps them. */
export function unlessEmpty<Key, Value>(map: ReadonlyMap<Key, Value>): ReadonlyMap<Key, Value> {
  return map.size > 0 ? map : noEntries;
}
