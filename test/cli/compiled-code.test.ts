// Compiled code that one start keeps for the next: it may be missing, broken or another's, and nobody notices.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dist } from '../support/doors.ts';

const cli = join(dist, 'cli.js');

describe('compiled code', () => {
  let home: string;
  const folder = () => join(home, 'authlint');
  const kept = () => join(folder(), readdirSync(folder()).find(name => name.startsWith('cli-commands_')) ?? 'none');
  const rules = () => run('rules');
  const run = (...args: readonly string[]) => {
    const env = { ...process.env, XDG_CACHE_HOME: home, NODE_DISABLE_COMPILE_CACHE: '' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { env, encoding: 'utf8', input: 'services: {}\n' });
    assert.equal(stderr, '');
    assert.equal(status, 0);
    return stdout;
  };
  beforeEach(function () {
    // Other systems have other places for this, which cannot be moved.
    if (process.platform !== 'linux' || !existsSync(cli)) this.skip();
    home = mkdtempSync(join(tmpdir(), 'authlint-cache-'));
  });
  afterEach(() => home && rmSync(home, { recursive: true, force: true }));

  it('is kept where only its owner reads and writes, and used', () => {
    const first = rules();
    assert.equal(statSync(folder()).mode & 0o777, 0o700);
    assert.equal(statSync(kept()).mode & 0o777, 0o600);
    const { mtimeMs } = statSync(kept());
    assert.equal(rules(), first);
    assert.equal(statSync(kept()).mtimeMs, mtimeMs, 'what was kept is good enough');
  });

  it('grows with each new use, and keeps what it has', () => {
    const sizes = [['rules'], ['check', '-'], ['check', '-', '--stdin-name', 'compose.yaml'], ['check', '-']].map(args => {
      run(...args);
      return statSync(kept()).size;
    });
    const [rules = 0, other = 0, compose = 0, again] = sizes;
    assert.ok(rules < other && other < compose, sizes.join(' '));
    assert.equal(again, compose);
  });

  it('is made anew where it is broken', () => {
    const first = rules();
    const whole = readFileSync(kept()).length;
    writeFileSync(kept(), readFileSync(kept()).subarray(0, whole / 2));
    assert.equal(rules(), first);
    assert.ok(statSync(kept()).size > whole / 2);
  });

  it('is left alone in a folder to which others can write', () => {
    const first = rules();
    rmSync(kept());
    chmodSync(folder(), 0o777);
    assert.equal(rules(), first);
    assert.deepEqual(readdirSync(folder()), []);
  });
});
