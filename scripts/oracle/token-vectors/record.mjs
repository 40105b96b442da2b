#!/usr/bin/env node
// Has libraries of other languages sign tokens, and keeps them with what verifies them in test/oracle/token-vectors.json. No private key
// is kept. What is not on this machine keeps its rows.
//   node scripts/oracle/token-vectors/record.mjs
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../bundle.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const environment = join(root, '.cache/token-vectors-python');
const recorded = join(root, 'test/oracle/token-vectors.json');

/** Runs a program; what it prints is taken, what it complains about is shown. */
const run = (program, args, options = {}) =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: 300_000, ...options });

const sources = {
  python() {
    if (!existsSync(environment)) run('python3', ['-m', 'venv', environment]);
    run(join(environment, 'bin/pip'), ['install', '--quiet', 'PyJWT[crypto]', 'Authlib']);
    return run(join(environment, 'bin/python'), ['-W', 'ignore', join(here, 'python-libraries.py')]);
  },
  go: () => run('go', ['run', '.'], { cwd: join(here, 'go') }),
  java: () =>
    run('mvn', [
      '--quiet',
      '--batch-mode',
      '-f',
      join(here, 'java'),
      `-DbuildDirectory=${join(root, '.cache/token-vectors-java')}`,
      'compile',
      'exec:java',
    ]),
};

const vectors = existsSync(recorded) ? JSON.parse(readFileSync(recorded, 'utf8')) : {};
for (const [source, print] of Object.entries(sources)) {
  try {
    const printed = print();
    // Maven colours even what is quiet.
    const rows = JSON.parse(printed.slice(printed.indexOf('[{'), printed.lastIndexOf('}]') + 2));
    vectors[source] = rows.sort((a, b) => `${a.library} ${a.alg}`.localeCompare(`${b.library} ${b.alg}`));
    console.log(`${source}: ${rows.length} tokens`);
  } catch (error) {
    console.error(`${source}: kept as it was, because ${error.message}`);
  }
}
writeFileSync(recorded, `${JSON.stringify(vectors, null, 2)}\n`);
