// Long work as steps: whoever is in a hurry runs them at once, whoever must stay answerable stops between them.

/** Runs all steps and gives what they come to. */
export function finish<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
