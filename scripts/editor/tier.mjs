// What all runners of real-editor tests have in common: arguments, figures, exit codes.
//   0 everything passed   1 something failed   77 it cannot run here (the reason is printed)
import { stripVTControlCharacters } from 'node:util';

/** Raised when a component cannot be had here: no network, unknown platform. */
export class Unavailable extends Error {}

const exitSkipped = 77;

/** When every second attempt must have ended, in milliseconds since 1970: whoever runs all tests has only so much time. */
const retryUntil = Number(process.env.AUTHLINT_RETRY_UNTIL ?? Number.POSITIVE_INFINITY);

/** What a summary says of an error, in one line; waiting in vain says only in a later line what for. */
export function oneLine(error) {
  const [first, ...more] = stripVTControlCharacters(String(error?.message ?? error)).split('\n');
  const wait = more.find(line => line.includes('waiting for'));
  return [first, ...(wait ? [wait.replace(/^[\s-]*/, '')] : [])].join(' ');
}

/**
 * Runs `run(name, say)` for each named variant and ends the process. `run` resolves with { passed, failed, failures }, the last being
 * `test: error` of each that failed; what it throws is one failure; what it says is printed with its name. Prints one line a variant, the
 * failures, and a total, `N passed, N failed`, as the last line. An editor waits more than it works, so that `lanes` of them may run
 * side by side. With `retries`, what failed in no more than half of the variants is run once more, whole and alone: an editor has
 * hiccups, and a mistake of ours shows twice. What passes only then counts as passed, and is said.
 */
export async function runTier(tier, variants, run, { lanes = 1, retries = false } = {}) {
  const results = new Map();
  const reasons = [];
  const attempt = async variant => {
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
        return;
      }
      console.error(`${name}: ${error.stack ?? error}`);
      const { passed = 0, failed = 0, failures = [] } = result ?? {};
      result = { passed, failed: failed + 1, failures: [...failures, oneLine(error)] };
    }
    const took = Date.now() - started;
    results.set(variant, { ...result, took, failures: result.failures.map(failure => `${name}: ${failure}`) });
    console.log(`${name}: ${result.passed} passed, ${result.failed} failed (${(took / 1000).toFixed(1)} s)`);
  };
  const waiting = [...variants];
  const runNext = async () => {
    while (waiting.length > 0) await attempt(waiting.shift());
  };
  await Promise.all(Array.from({ length: lanes }, runNext));

  const broken = [...results].filter(([, { failed }]) => failed > 0);
  const second = [];
  if (retries && broken.length * 2 <= variants.length) {
    for (const [variant, { took, failures }] of broken) {
      if (Date.now() + took > retryUntil) continue;
      console.log(`${tier}, ${variant}: once more, whole and alone`);
      await within(retryUntil - Date.now(), 'the second attempt', attempt(variant)).catch(error => console.error(error.message));
      if (results.get(variant).failed === 0) second.push(...failures);
    }
  }

  let passed = 0;
  let failed = 0;
  for (const result of results.values()) {
    passed += result.passed;
    failed += result.failed;
    for (const failure of result.failures) console.log(`failed: ${failure}`);
  }
  for (const failure of second) console.log(`passed only the second time: ${failure}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : reasons.length > 0 ? exitSkipped : 0);
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

/** Rejects after so many milliseconds; a runner must end even when an editor hangs. `Infinity` waits for ever. */
export async function within(milliseconds, what, promise) {
  if (milliseconds === Number.POSITIVE_INFINITY) return promise;
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
