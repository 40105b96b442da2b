// Reads from the output of a test run how many tests there were, and which of them failed.
import { stripVTControlCharacters as withoutColours } from 'node:util';

/** The last closing line `N passed, N failed[, N skipped]` of one of our own runners. */
const closingLine = plain => [...plain.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/gm)].at(-1);

/** { passed, failed, skipped } of a closing line, else of mocha's closing lines. */
export function countTests(output) {
  const plain = withoutColours(output);
  const closing = closingLine(plain);
  if (closing) return { passed: Number(closing[1]), failed: Number(closing[2]), skipped: Number(closing[3] ?? 0) };
  const number = pattern => Number(pattern.exec(plain)?.[1] ?? 0);
  return {
    passed: number(/^ {2}(\d+) passing \(/m),
    failed: number(/^ {2}(\d+) failing$/m),
    skipped: number(/^ {2}(\d+) pending$/m),
  };
}

/** `test: first words of its error` of each test that failed, of our own runners or of mocha. */
export function failedTests(output) {
  const plain = withoutColours(output);
  return closingLine(plain) ? linesAfter('failed', plain) : failedByMocha(plain);
}

/** The same of each test that failed and then passed; only our own runners try again. */
export const retriedTests = output => linesAfter('passed only the second time', withoutColours(output));

const linesAfter = (word, plain) => [...plain.matchAll(new RegExp(`^${word}: (.*)$`, 'gm'))].map(([, words]) => words);

/** Mocha's last words list each as `N) suite`, `test:`, an empty line where the error says what was expected, and the error. */
function failedByMocha(plain) {
  const [, summary = ''] = plain.split(/^ {2}\d+ failing$/m);
  const [, ...failures] = summary.split(/^ {2}\d+\) /m);
  const trimmed = text =>
    text
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean);
  return failures.map(failure => {
    const [, title = failure, error = ''] = /^([\s\S]*?):\n(?:\s*\n| {5}(?! ))([\s\S]*)/.exec(failure) ?? [];
    const words = trimmed(error);
    // What was expected stands below `Expected values to be strictly equal:`.
    return `${trimmed(title).join(', ')}: ${words.slice(0, words[0]?.endsWith(':') ? 2 : 1).join(' ')}`;
  });
}
