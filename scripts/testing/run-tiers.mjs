// Runs tiers of tests and judges how they ended: a run that says that all is well must have run something.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { root } from '../bundle.mjs';
import { countTests, failedTests, retriedTests } from './counts.mjs';
import { run } from './processes.mjs';

/** Exit code by which a runner says that it cannot run here. */
const skippedCode = 77;
const lanes = 2;

export const none = { passed: 0, failed: 0, skipped: 0 };
export const sum = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped });

/** What a tier is that has not run: `tests` are those that failed, `retried` those that failed and then passed, with their errors. */
const nothing = () => ({ ...none, failures: [], tests: [], retried: [], reasons: [], output: '' });

/** Runs one program: its counts, why it failed and which tests, what passed only the second time, why it left something out, its output. */
async function runStep(tier, [title, [command, args]], verbose) {
  const { code, output, timedOut } = await run(command, args, { limit: tier.limit, live: verbose });
  const log = `$ ${[command, ...args].join(' ')}\n${output}\n`;
  const counts = tier.counts ? countTests(output) : { ...none, passed: code === 0 ? 1 : 0 };
  let failure;
  let reason;
  if (timedOut) failure = `${title} took longer than ${tier.limit} s`;
  else if (code === skippedCode) reason = /skipped: (.*)/.exec(output)?.[1] ?? `${title} cannot run here`;
  else if (code !== 0) failure = `${title} ended with ${code}`;
  else if (counts.failed > 0) failure = `${title} had failures and ended with 0`;
  else if (counts.passed === 0) failure = `${title} ran no test`;
  if (failure && counts.failed === 0) counts.failed = 1;
  if (reason) counts.skipped = Math.max(counts.skipped, 1);
  const named = tier.counts ? failedTests(output) : [];
  const tests = !failure || named.length > 0 ? named : lastLines(output);
  return { counts, failure, tests, retried: retriedTests(output), reason, log };
}

/** What tells most of a program that names no test. */
const lastLines = output =>
  output
    .split('\n')
    .filter(line => line.trim())
    .slice(-5);

/** What a person wants to see of a failed program: mocha's summary of failures, else the last lines. */
function essence(log) {
  const summary = /^ {2}\d+ passing \([\s\S]*/m.exec(log)?.[0];
  if (summary && / failing$/m.test(summary)) return summary;
  return log.trimEnd().split('\n').slice(-120).join('\n');
}

/** Runs one tier: its counts, failures with the output of what failed, and the reasons why something was left out. */
async function runTier(tier, verbose) {
  const result = nothing();
  for (const component of (await tier.wants?.()) ?? []) {
    const reason = await component();
    if (reason !== undefined) result.reasons.push(reason);
  }
  for (const component of (await tier.requires?.()) ?? []) {
    const reason = await component();
    if (reason !== undefined) return { ...result, skipped: 1, reasons: [...result.reasons, reason] };
  }
  const steps = tier.steps();
  if (steps.length === 0) return { ...result, failed: 1, failures: ['it has no tests'] };
  mkdirSync(`${root}test-results`, { recursive: true });
  const logFile = `${root}test-results/${tier.name}.log`;
  writeFileSync(logFile, '');
  for (const step of steps) {
    const { counts, failure, tests, retried, reason, log } = await runStep(tier, step, verbose);
    appendFileSync(logFile, log);
    Object.assign(result, sum(result, counts));
    if (reason) result.reasons.push(reason);
    result.tests.push(...tests);
    result.retried.push(...retried);
    if (failure) {
      result.failures.push(failure);
      result.output += `${essence(log)}\n`;
    }
  }
  return result;
}

export const seconds = since => `${((Date.now() - since) / 1000).toFixed(1)} s`;
export const figures = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

function report(tier, result, started, verbose) {
  const mark = result.failed > 0 ? 'FAILED ' : result.passed === 0 ? 'SKIPPED' : 'ok     ';
  console.log(`${mark} ${tier.name.padEnd(9)} ${seconds(started).padStart(8)}   ${figures(result)}   ${tier.what}`);
  for (const reason of result.reasons) console.log(`        skipped: ${reason}`);
  if (!verbose && result.output) console.log(result.output.replace(/^/gm, '    '));
  for (const failure of result.failures) console.log(`        failed: ${failure}`);
}

/** Starts one tier; never rejects. */
async function execute(tier, results, { strict, verbose }) {
  const broken = (tier.needs ?? []).find(name => results.get(name)?.failed > 0);
  if (broken) return { ...nothing(), failed: 1, failures: [`not run, since ${broken} failed`] };
  try {
    const result = await runTier(tier, verbose);
    if (!strict || result.reasons.length === 0) return result;
    return { ...result, failed: result.failed + 1, failures: [...result.failures, 'CI=true, and nothing may be left out there'] };
  } catch (error) {
    return { ...nothing(), failed: 1, failures: ['the test runner itself failed'], output: error.stack };
  }
}

/**
 * Runs the tiers on two lanes as soon as what they need is there; those that want the machine for themselves come last.
 * Prints each when it ends, and gives the results by name. `strict`: whatever is left out is a failure.
 */
export async function runTiers(chosen, options) {
  const results = new Map();
  const waiting = new Set(chosen);
  const running = new Map();
  const isReady = tier => (tier.needs ?? []).every(name => results.has(name));
  const mayStart = tier => {
    if (running.size >= lanes || !isReady(tier)) return false;
    if (tier.alone) return running.size === 0 && [...waiting].every(other => other.alone);
    return ![...running.keys()].some(other => other.alone);
  };
  while (waiting.size + running.size > 0) {
    for (const tier of waiting) {
      if (!mayStart(tier)) continue;
      waiting.delete(tier);
      const started = Date.now();
      running.set(
        tier,
        execute(tier, results, options).then(result => {
          running.delete(tier);
          results.set(tier.name, result);
          report(tier, result, started, options.verbose);
        }),
      );
    }
    await Promise.race(running.values());
  }
  return results;
}
