// The last words of a test run. Logs are cut in their middle where they are long, so that whatever is needed to understand a failure
// is said once more at the end, briefly.

/** Names of tests shown of one tier, and characters of one line. */
const mostTests = 20;
const longestLine = 300;

/** Lines that say what was left out, what passed only the second time, and which tests failed; none when all is well. */
export function summarize(results, strict) {
  const told = [...results];
  const section = (title, lines) => (lines.length > 0 ? ['', title, ...lines.map(line => line.slice(0, longestLine))] : []);
  const broken = told.filter(([, result]) => result.failed > 0);
  return [
    ...section(
      `LEFT OUT${strict ? ', which fails the run since CI=true' : ''}:`,
      told.flatMap(([name, { reasons }]) => reasons.map(reason => `  ${name}: ${reason}`)),
    ),
    ...section(
      'PASSED ONLY THE SECOND TIME:',
      told.flatMap(([name, { retried }]) => retried.map(test => `  ${name}: ${test}`)),
    ),
    ...section(
      `FAILED. Run one tier again with: npm test -- --only ${broken[0]?.[0]}`,
      broken.flatMap(([name, { failures, tests }]) => [
        ...failures.map(failure => `  ${name}: ${failure}`),
        ...tests.slice(0, mostTests).map(test => `    ${test}`),
        ...(tests.length > mostTests ? [`    and ${tests.length - mostTests} more, in test-results/${name}.log`] : []),
      ]),
    ),
  ];
}
