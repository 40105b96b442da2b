// Measures Authlint beside its peers and writes docs/performance.md.
//   npm run bench                          everything, about half an hour
//   npm run bench -- --quick               a third of the repetitions
//   npm run bench -- --only compose,memory measurements whose names hold one of these words
//   npm run bench -- --no-peers
//   npm run bench -- --profile             where the time of the slower ones goes, by V8's profiler
//   npm run bench -- --against REV         two builds side by side, as a ratio; fails where one got slower by more than a quarter
// Results are kept in .cache/bench/results, medians of each run in .cache/bench/trend.jsonl.
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { root } from '../scripts/bundle.mjs';
import { makeInput } from './inputs.mjs';
import { measures } from './measures.mjs';
import { nodeItself, preparePeers } from './peers.mjs';
import { profileOf, renderProfile, renderProfiles } from './profile.mjs';
import { renderComparison, renderTable, statistics } from './report.mjs';

const cache = join(root, '.cache/bench');
const option = name => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : (process.argv[at + 1] ?? '');
};
const flag = name => process.argv.includes(`--${name}`);

/** What is measured without a process or a protocol around it. */
const measured = `export { Analyzer } from './server/src/core/analyzer.ts'; export { findTokens } from './server/src/core/jwt/find.ts';`;

/** Builds the product that lies in `folder`; returns where its parts are. */
async function buildProduct(folder, name) {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: folder, stdio: 'inherit' });
  const core = join(cache, `core-${name}.cjs`);
  await esbuild.build({
    stdin: { contents: measured, resolveDir: folder, loader: 'ts' },
    ...{
      outfile: core,
      bundle: true,
      minify: true,
      sourcemap: 'linked',
      sourcesContent: false,
      platform: 'node',
      format: 'cjs',
      logLevel: 'warning',
    },
  });
  return { root: folder, dist: join(folder, 'dist'), core };
}

/** A revision of ours beside the working tree, with the same dependencies. */
function checkOut(revision) {
  const commit = execFileSync('git', ['rev-parse', `${revision}^{commit}`], { cwd: root })
    .toString()
    .trim();
  const folder = join(cache, 'against', commit);
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    const archive = execFileSync('git', ['archive', commit], { cwd: root, maxBuffer: 2 ** 30 });
    execFileSync('tar', ['-x', '-C', folder], { input: archive });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  }
  return folder;
}

function machine() {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root }).toString().trim();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return {
    date: new Date().toISOString(),
    commit,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory,
    system: `${process.platform} ${release()}`,
    node: process.version,
    load: loadavg()[0].toFixed(1),
  };
}

async function attempt(run) {
  try {
    const { values, ...rest } = await run();
    return { ...statistics(values), ...rest, ...(rest.cpu ? { cpu: statistics(rest.cpu) } : {}), edits: undefined, requests: undefined };
  } catch (error) {
    return { failed: error.message.slice(0, 300) };
  }
}

const only = option('only')?.split(',');
const scale = flag('quick') ? 1 / 3 : 1;
const chosen = measures.filter(({ id }) => !only || only.some(word => id.includes(word)));
const page = join(root, 'docs/performance.md');
const inputOf = ({ input }) => input && makeInput(join(cache, 'inputs'), input);
const build = await buildProduct(root.replace(/\/$/, ''), 'now');
if (flag('profile')) profileAll();
else await measureAll();

function profileAll() {
  const profiles = new Map();
  for (const measure of chosen.filter(({ profile }) => profile)) {
    const result = profileOf(root, join(cache, 'profiles', measure.id), measure.profile(build, inputOf(measure)));
    profiles.set(measure.id, result);
    console.log(measure.id.padEnd(24), renderProfile(result));
  }
  writeFileSync(page, renderProfiles(readFileSync(page, 'utf8'), profiles));
  console.log('docs/performance.md has the new profiles.');
}

async function measureAll() {
  mkdirSync(join(cache, 'results'), { recursive: true });
  const revision = option('against');
  const peers = flag('no-peers') || revision !== undefined ? { node: nodeItself } : preparePeers(join(cache, 'peers'));
  const other = revision === undefined ? undefined : await buildProduct(checkOut(revision), 'then');

  const results = {};
  for (const measure of chosen) {
    const input = inputOf(measure);
    const result = { ours: await attempt(() => measure.ours(build, scale, input)), peers: {} };
    if (other) result.before = await attempt(() => measure.ours(other, scale, input));
    for (const name of measure.peers ?? []) {
      if (peers[name]) result.peers[name] = await attempt(() => measure.peer(name, peers[name], scale, input));
    }
    results[measure.id] = result;
    console.log(measure.id.padEnd(24), JSON.stringify(result));
  }

  const facts = machine();
  writeFileSync(join(cache, 'results', `${facts.date.replaceAll(':', '-')}.json`), `${JSON.stringify({ ...facts, results }, null, 2)}\n`);
  const medians = Object.fromEntries(Object.entries(results).map(([id, { ours }]) => [id, ours.median]));
  appendFileSync(join(cache, 'trend.jsonl'), `${JSON.stringify({ ...facts, medians })}\n`);
  if (other) {
    const { text, slower } = renderComparison(chosen, results, revision);
    console.log(text);
    process.exitCode = slower ? 1 : 0;
  } else {
    writeFileSync(page, renderTable(readFileSync(page, 'utf8'), chosen, results, facts));
    console.log('docs/performance.md has the new table.');
  }
}
