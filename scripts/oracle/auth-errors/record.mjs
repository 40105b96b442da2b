#!/usr/bin/env node
// Has libraries, nats-server and its clients refuse tokens and configurations, and keeps what they print in
// test/oracle/auth-error-texts.json, each with the explanation that must come first. What is not on this machine keeps its rows.
//   node scripts/oracle/auth-errors/record.mjs
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../bundle.mjs';
import { load } from '../../load-core.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(root, '.cache/auth-errors');
const recorded = join(root, 'test/oracle/auth-error-texts.json');

const nodeLibraries = [
  'jsonwebtoken@9',
  'jose@6',
  'express-jwt@8',
  'jwks-rsa@4',
  'express-oauth2-jwt-bearer@1',
  'fast-jwt@6',
  'aws-jwt-verify@5',
  'google-auth-library@10',
  '@okta/jwt-verifier@4',
  'njwt@2',
];
const pythonLibraries = ['PyJWT[crypto]', 'python-jose', 'Authlib', 'jwcrypto', 'joserfc'];

/** Runs a program; what it prints is taken, what it complains about is shown. */
const run = (program, args, options = {}) =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: 300_000, ...options });

const sources = {
  node() {
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, 'package.json'), '{ "private": true }');
    run('npm', ['install', '--no-audit', '--no-fund', '--silent', ...nodeLibraries], { cwd: cache });
    return run('node', [join(here, 'node-libraries.mjs'), cache]);
  },
  python() {
    const environment = join(cache, 'python');
    if (!existsSync(environment)) run('python3', ['-m', 'venv', environment]);
    run(join(environment, 'bin/pip'), ['install', '--quiet', ...pythonLibraries]);
    return run(join(environment, 'bin/python'), ['-W', 'ignore', join(here, 'python-libraries.py')]);
  },
  go: () => run('go', ['run', '.'], { cwd: join(here, 'go') }),
  async nats() {
    const { findServers } = await load('test/oracle/nats-server.ts');
    const newest = findServers()
      .sort((a, b) => a.version.localeCompare(b.version, undefined, { numeric: true }))
      .at(-1);
    if (!newest) throw new Error('no nats-server; "npm test -- --only oracle" fetches it');
    return run('node', [join(here, 'nats.mjs'), newest.binary], { cwd: root });
  },
};

const texts = existsSync(recorded) ? JSON.parse(readFileSync(recorded, 'utf8')) : {};
for (const [source, print] of Object.entries(sources)) {
  try {
    const lines = (await print()).trim().split('\n');
    texts[source] = lines.map(line => JSON.parse(line));
    console.log(`${source}: ${lines.length} texts`);
  } catch (error) {
    console.error(`${source}: kept as it was (${String(error.message).split('\n')[0]})`);
    process.exitCode = 1;
  }
}
writeFileSync(recorded, `${JSON.stringify(texts, null, 2)}\n`);
