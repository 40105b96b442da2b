// Threads that look through large folders: they change how long it takes and nothing else.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fewestFiles, lookAt } from '../../server/src/cli/worth-reading.ts';
import { toFileId } from '../../server/src/hosts/node-files.ts';
import { Folder, tokenOf } from '../support/command-line.ts';
import { dist } from '../support/doors.ts';

describe('authlint check --threads', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  it('says the same with every number of threads', function () {
    this.timeout(120_000);
    for (let i = 0; i < fewestFiles; i++) folder.put(`src/${i % 50}/file-${i}.txt`, `nothing of ours, number ${i}\n`);
    folder.put('nats.conf', 'include src/1/users.txt\nmax_conections: 5\n');
    folder.put('src/1/users.txt', 'authorization { user: a, password: b, pasword: c }\n');
    folder.put('src/2/notes.txt', '# authlint: allow jwt/expired -- nothing is here\n');
    folder.put('src/3/call.sh', `curl -H "Authorization: Bearer ${tokenOf({ alg: 'none' }, { sub: 'a' })}"\n`);
    folder.put('.gitignore', 'src/4/\n');
    folder.put('picture.txt', new Uint8Array([0, 1, 2]));
    const run = (threads: number) => {
      const { stdout, stderr, status } = spawnSync(
        process.execPath,
        [`${dist}/cli.js`, 'check', '--threads', String(threads), '--format', 'json'],
        {
          cwd: folder.path,
          encoding: 'utf8',
          maxBuffer: 64 * 1024 * 1024,
        },
      );
      return { out: stdout, stderr, status };
    };
    const alone = run(1);
    assert.match(alone.out, /unused-suppression/);
    assert.match(alone.out, /unknown-field/);
    assert.deepEqual(run(2), alone);
  });

  it('tells a file that holds something from one that does not', async () => {
    const texts: Readonly<Record<string, readonly [string, string]>> = {
      'plain.txt': ['nothing', 'nothing'],
      'nats.conf': ['', 'something'],
      'subjects.ts': ['export const subject = "orders.new";', 'something'],
      'call.sh': [`curl ${tokenOf({ alg: 'HS256' }, { sub: 'a' })}`, 'something'],
      'allowed.txt': ['# authlint: allow-file jwt/expired -- a sample', 'something'],
    };
    for (const [name, [text, sight]] of Object.entries(texts)) {
      folder.put(name, text);
      assert.equal(await lookAt(toFileId(`${folder.path}/${name}`)), sight, name);
    }
    assert.equal(await lookAt(toFileId(`${folder.path}/gone.txt`)), 'unreadable');
  });

  it('refuses what is no number of threads', async () => {
    for (const word of ['0', '-1', '1.5', 'many', '', '9999']) {
      const { code, err } = await folder.run(['check', '--threads', word]);
      assert.deepEqual([code, err], [2, `authlint: --threads takes a number from 1 to 256, not "${word}"\n`]);
    }
  });
});
