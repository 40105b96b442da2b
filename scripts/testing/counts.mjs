// Reads from the output of a test run how many tests there were.

/** { passed, failed, skipped } of a closing line `N passed, N failed[, N skipped]`, else of mocha's closing lines. */
export function countTests(output) {
  // Colour codes may stand before the numbers.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one
  const plain = output.replace(/\x1b\[[\d;]*m/g, '');
  const closing = [...plain.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/gm)].at(-1);
  if (closing) return { passed: Number(closing[1]), failed: Number(closing[2]), skipped: Number(closing[3] ?? 0) };
  const number = pattern => Number(pattern.exec(plain)?.[1] ?? 0);
  return {
    passed: number(/^ {2}(\d+) passing \(/m),
    failed: number(/^ {2}(\d+) failing$/m),
    skipped: number(/^ {2}(\d+) pending$/m),
  };
}
