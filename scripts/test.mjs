#!/usr/bin/env node
// Runs every test there is and says how many passed. `npm test` is this; so is the continuous integration.
//   node scripts/test.mjs [--only TIER[,TIER]] [--skip TIER[,TIER]] [--grep PATTERN] [--verbose] [--list]
// Whole outputs are kept in test-results/<tier>.log. With CI=true a tier that could not run is a failure.
// Which tests failed, and why, is said at the end once more.
// The last line is `N passed, N failed, N skipped`; the exit code is 1 when anything failed.
import { rmSync } from 'node:fs';
import { root } from './bundle.mjs';
import { stop } from './testing/processes.mjs';
import { figures, none, runTiers, seconds, sum } from './testing/run-tiers.mjs';
import { summarize } from './testing/summary.mjs';
import { tiers } from './testing/tiers.mjs';

const strict = /^(true|1)$/i.test(process.env.CI ?? '');

/** @returns the tiers to run, in order, with those that they need. */
function chooseTiers(only, skip) {
  const names = tiers.filter(tier => !tier.hidden).map(tier => tier.name);
  for (const name of [...(only ?? []), ...skip]) {
    if (names.includes(name)) continue;
    console.error(`There is no tier "${name}": ${names.join(', ')}`);
    process.exit(2);
  }
  const chosen = new Set();
  const add = name => {
    const tier = tiers.find(candidate => candidate.name === name);
    for (const needed of tier.needs ?? []) add(needed);
    chosen.add(name);
  };
  for (const name of only ?? names) if (!skip.includes(name)) add(name);
  return tiers.filter(tier => chosen.has(tier.name));
}

/** Values of `--name a,b` or `--name=a,b`. */
function listOption(name) {
  const at = process.argv.findIndex(arg => arg === `--${name}` || arg.startsWith(`--${name}=`));
  if (at < 0) return undefined;
  const value = process.argv[at].includes('=') ? process.argv[at].split('=')[1] : process.argv[at + 1];
  return (value ?? '').split(',').filter(Boolean);
}

if (process.argv.includes('--list')) {
  for (const tier of tiers.filter(tier => !tier.hidden)) console.log(`${tier.name.padEnd(10)} ${tier.what}`);
  process.exit(0);
}
const started = Date.now();
// Continuous integration ends a run after 15 minutes, and editors are not all that has to run in them.
process.env.AUTHLINT_RETRY_UNTIL = String(started + 13 * 60_000);
const chosen = chooseTiers(listOption('only'), listOption('skip') ?? []);
rmSync(`${root}test-results`, { recursive: true, force: true });
console.log(`Authlint: ${chosen.map(tier => tier.name).join(', ')} (whole outputs in test-results/)`);
const results = await runTiers(chosen, { strict, verbose: process.argv.includes('--verbose') });

const total = [...results.values()].reduce(sum, none);
for (const line of summarize(results, strict)) console.log(line);
console.log(`\n${seconds(started)} in all`);
console.log(figures(total));
await stop(total.failed > 0 ? 1 : 0);
