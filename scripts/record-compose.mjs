// Asks a real Docker Compose what the environments of generated projects are, and which files it refuses, and records the answers for
// machines that have none.
//   node scripts/record-compose.mjs --compose PATH [--seeds N] [--check]
// PATH is the compose binary (`docker-compose`, or the plugin); no engine is needed. --check compares instead of writing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './bundle.mjs';
import { load } from './load-core.mjs';

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const binary = option('compose', 'docker-compose');
const target = `${root}test/workspace/compose-agreement.json`;
const { generateProject } = await load('test/support/compose-projects.ts');
const { breakages } = await load('test/support/compose-breakages.ts');
const { digestOf } = await load('test/support/compose-agreement.ts');

const version = spawnSync(binary, ['version', '--short'], { encoding: 'utf8' });
if (version.status !== 0) {
  console.error(`${binary} does not run: ${version.error?.message ?? version.stderr}`);
  process.exit(2);
}
const recorded = process.argv.includes('--check') ? JSON.parse(readFileSync(target, 'utf8')) : undefined;
const seeds = recorded ? recorded.answers.length : Number(option('seeds', '200'));
const folder = mkdtempSync(join(tmpdir(), 'compose-'));
const answers = [];
const refused = [];
try {
  for (const [name, text] of Object.entries(breakages)) if (isRefused(text)) refused.push(name);
  for (let seed = 0; seed < seeds; seed++) answers.push(ask(seed));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (recorded) {
  const wrong = answers.flatMap((answer, seed) => (JSON.stringify(answer) === JSON.stringify(recorded.answers[seed]) ? [] : [seed]));
  console.log(wrong.length > 0 ? `other answers for the seeds ${wrong.join(', ')}` : `${seeds} recorded answers are right`);
  const isSame = JSON.stringify(refused) === JSON.stringify(recorded.refused);
  console.log(isSame ? `${refused.length} recorded refusals are right` : `refused now: ${refused.join(', ')}`);
  process.exit(wrong.length > 0 || !isSame ? 1 : 0);
}
const compose = option('version', version.stdout.trim());
writeFileSync(
  target,
  `{\n  "compose": ${JSON.stringify(compose)},\n  "refused": ${JSON.stringify(refused)},\n  "answers": [\n    ${answers.map(a => JSON.stringify(a)).join(',\n    ')}\n  ]\n}\n`,
);
console.log(`recorded ${seeds} projects, ${answers.flat().filter(answer => answer === 'refused').length} refusals`);

function isRefused(text) {
  const directory = join(folder, 'broken');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'compose.yaml'), text);
  return spawnSync(binary, ['config', '--quiet'], { cwd: directory, env: { PATH: process.env.PATH } }).status !== 0;
}

function ask(seed) {
  const project = generateProject(seed);
  const directory = join(folder, 'project');
  rmSync(directory, { recursive: true, force: true });
  for (const [path, text] of project.files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return project.sets.map(set => {
    const files = set.flatMap(name => ['-f', name]);
    const run = spawnSync(binary, [...files, '--profile', '*', 'config', '--format', 'json', '--no-normalize'], {
      cwd: directory,
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
    if (run.status !== 0) return 'refused';
    const services = JSON.parse(run.stdout).services ?? {};
    // Compose writes a dollar sign as two, so that its output can be read again.
    const value = text => (text === null ? null : text.replaceAll('$$', '$'));
    const environment = service => Object.fromEntries(Object.entries(service.environment ?? {}).map(([name, text]) => [name, value(text)]));
    return digestOf(Object.fromEntries(Object.entries(services).map(([name, service]) => [name, environment(service)])));
  });
}
