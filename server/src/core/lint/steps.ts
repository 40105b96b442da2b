// Long work as steps: whoever is in a hurry runs them at once, whoever must stay answerable stops between them.

/** How many small things are one step: a step costs as much as looking at one that is known already. */
export const smallThingsAtOnce = 16;

/** Runs all steps and gives what they come to. */
export function finish<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
