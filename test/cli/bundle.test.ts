// The built command line as a process of its own: what the in-process tests cannot see.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Folder, tokenOf } from '../support/command-line.ts';
import { dist } from '../support/doors.ts';

const cli = join(dist, 'cli.js');

describe('dist/cli.js', () => {
  let folder: Folder;
  before(function () {
    if (!existsSync(cli)) this.skip();
  });
  beforeEach(() => {
    folder = new Folder({ 'call.sh': tokenOf({ alg: 'none' }, { sub: 'ana', exp: 4102444800 }, '') });
  });
  afterEach(() => folder?.remove());
  const run = (args: readonly string[], input = '') =>
    spawnSync(process.execPath, [cli, ...args], { cwd: folder.path, input, encoding: 'utf8', maxBuffer: 1 << 28 });

  it('prints its version', () => {
    const { stdout, stderr, status } = run(['--version']);
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
    assert.deepEqual([stderr, status], ['', 0]);
  });

  it('exits with 0, 1 and 2', () => {
    assert.equal(run(['check', '--rule', 'jwt/not-yet-valid']).status, 0);
    assert.equal(run(['check']).status, 1);
    assert.equal(run(['check', 'nowhere']).status, 2);
  });

  it('says in one line what is wrong with its words, before and after a command is loaded', () => {
    const early = run(['check', '--bogus']);
    assert.deepEqual([early.status, early.stdout], [2, '']);
    assert.match(early.stderr, /^authlint: unknown option '--bogus'\n/);
    const late = run(['check', '--format', 'jsn']);
    assert.deepEqual([late.status, late.stdout], [2, '']);
    assert.equal(late.stderr, 'authlint: --format takes text, json, sarif, github, junit, not "jsn"; did you mean json?\n');
  });

  it('reads standard input', () => {
    const { stdout, status } = run(['check', '-', '--format', 'github', '--stdin-name', 'x.sh'], folder.text('call.sh'));
    assert.match(stdout, /^::error file=x\.sh,/);
    assert.equal(status, 1);
  });

  it('finds the pages of the rules', () => assert.match(run(['explain', 'jwt/alg-none']).stdout, /^# jwt\/alg-none\n/));

  it('is no terminal here, so it does not colour', () => assert.ok(!run(['check']).stdout.includes('\u001b')));

  it('writes everything of a large output into a pipe', () => {
    folder.put('many.sh', `${folder.text('call.sh')}\n`.repeat(3000));
    const { stdout } = run(['check', '--format', 'json']);
    assert.ok(JSON.parse(stdout).findings.length >= 3000);
  });

  it('ends quietly when its reader has seen enough', async function () {
    if (process.platform === 'win32') this.skip();
    folder.put('many.sh', `${folder.text('call.sh')}\n`.repeat(3000));
    const child = spawn(process.execPath, [cli, 'check'], { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.on('data', chunk => (err += chunk));
    child.stdout.once('data', () => child.stdout.destroy());
    await new Promise(done => child.once('close', done));
    assert.equal(err, '');
  });
});
