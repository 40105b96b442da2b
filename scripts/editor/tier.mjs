// What all runners of real-editor tests have in common: arguments, figures, exit codes.
//   0 everything passed   1 something failed   77 it cannot run here (the reason is printed)

/** Raised when a component cannot be had here: no network, unknown platform. */
export class Unavailable extends Error {}

const exitSkipped = 77;

/**
 * Runs `run(name, say)` for each named variant and ends the process. `run` resolves with { passed, failed }; what it throws is one
 * failure; what it says is printed with its name. Prints one line a variant and a total, `N passed, N failed`, as the last line.
 * An editor waits more than it works, so that `lanes` of them may run side by side.
 */
export async function runTier(tier, variants, run, { lanes = 1 } = {}) {
  const total = { passed: 0, failed: 0 };
  const reasons = [];
  const waiting = [...variants];
  const runNext = async () => {
    const variant = waiting.shift();
    if (variant === undefined) return;
    const started = Date.now();
    const name = variant ? `${tier}, ${variant}` : tier;
    let result;
    try {
      result = await run(variant, words => console.log(`${name}: ${words}`));
      if (result.passed + result.failed === 0) throw new Error('no test ran');
    } catch (error) {
      if (error instanceof Unavailable) {
        reasons.push(error.message);
        console.log(`${name}: skipped: ${error.message}`);
        return runNext();
      }
      console.error(`${name}: ${error.stack ?? error}`);
      result = { passed: result?.passed ?? 0, failed: (result?.failed ?? 0) + 1 };
    }
    total.passed += result.passed;
    total.failed += result.failed;
    console.log(`${name}: ${result.passed} passed, ${result.failed} failed (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    return runNext();
  };
  await Promise.all(Array.from({ length: lanes }, runNext));
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 ? 1 : reasons.length > 0 ? exitSkipped : 0);
}

/** Splits a runner's arguments into `--name` / `--name=value` options and the rest. */
export function readArguments(args = process.argv.slice(2)) {
  const options = {};
  const names = [];
  for (const arg of args) {
    const option = /^--([\w-]+)(?:=(.*))?$/.exec(arg);
    if (option) options[option[1]] = option[2] ?? true;
    else names.push(arg);
  }
  return { options, names };
}

/** Rejects after so many milliseconds; a runner must end even when an editor hangs. */
export async function within(milliseconds, what, promise) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`${what} took longer than ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
