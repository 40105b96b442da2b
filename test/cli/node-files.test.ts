// The disk as a source of files: what is listed, what is ignored, and what is no text.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { nodeFiles, toFileId, toPath } from '../../server/src/hosts/node-files.ts';

describe('files on disk', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'authlint files '));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function put(path: string, content: string | Uint8Array = 'x'): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }

  async function list(folder = root): Promise<string[]> {
    return (await nodeFiles.list(toFileId(folder))).map(id => (toPath(id) as string).slice(root.length + 1).replaceAll('\\', '/'));
  }

  it('lists files in order, without what git ignores, packages and pictures', async () => {
    put('.gitignore', '*.log\nbuild/\n!keep.log\n');
    for (const path of ['b/nats.conf', 'a.conf', 'x.log', 'keep.log', 'build/nats.conf', 'node_modules/p/a.conf', 'logo.png', '.env'])
      put(path);
    assert.deepEqual(await list(), ['.env', '.gitignore', 'a.conf', 'b/nats.conf', 'keep.log']);
  });

  it('lets a deeper ignore file overrule a higher one, and anchors its patterns at its own folder', async () => {
    put('.gitignore', '*.conf\n');
    put('deploy/.gitignore', '!nats.conf\n/only-here.yaml\n');
    for (const path of ['nats.conf', 'deploy/nats.conf', 'deploy/x.conf', 'deploy/only-here.yaml', 'deploy/sub/only-here.yaml']) put(path);
    assert.deepEqual(await list(), ['.gitignore', 'deploy/.gitignore', 'deploy/nats.conf', 'deploy/sub/only-here.yaml']);
  });

  it('obeys the ignore files above the folder up to the root of the repository', async () => {
    put('.git/info/exclude', 'private.conf\n');
    put('.gitignore', 'sub/secret.conf\n');
    for (const path of ['sub/secret.conf', 'sub/private.conf', 'sub/nats.conf']) put(path);
    assert.deepEqual(await list(join(root, 'sub')), ['sub/nats.conf']);
  });

  it('lists an ignored folder that is asked for by name', async () => {
    put('.git/HEAD');
    put('.gitignore', 'dist/\n');
    put('dist/nats.conf');
    assert.deepEqual(await list(join(root, 'dist')), ['dist/nats.conf']);
  });

  it('does not follow links to folders, so that a loop ends; follows links to files', async function () {
    put('a/nats.conf');
    try {
      symlinkSync('..', join(root, 'a/loop'));
    } catch {
      this.skip();
    }
    symlinkSync('nats.conf', join(root, 'a/link.conf'));
    symlinkSync('nowhere', join(root, 'a/dangling.conf'));
    assert.deepEqual(await list(), ['a/link.conf', 'a/nats.conf']);
  });

  it('skips a folder that may not be read', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
    put('closed/nats.conf');
    put('nats.conf');
    chmodSync(join(root, 'closed'), 0);
    assert.deepEqual(await list(), ['nats.conf']);
    chmodSync(join(root, 'closed'), 0o700);
  });

  it('knows whether version control keeps a file, and who may read it', async () => {
    const about = async (path: string) => (await nodeFiles.about?.(toFileId(join(root, path))))?.tracking;
    put('user.creds');
    assert.equal(await about('user.creds'), 'outside');
    put('.git/HEAD');
    put('.gitignore', '*.creds\n/keys/\n');
    put('keys/user.nk');
    put('a/user.nk');
    put('a/.gitignore', '!kept.creds\n');
    put('a/kept.creds');
    assert.equal(await about('user.creds'), 'ignored');
    assert.equal(await about('keys/user.nk'), 'ignored');
    assert.equal(await about('a/user.nk'), 'kept');
    assert.equal(await about('a/kept.creds'), 'kept');
    assert.equal(await about('nowhere.creds'), undefined);
    if (process.platform === 'win32') return;
    for (const [mode, isReadable] of [
      [0o600, false],
      [0o640, true],
      [0o604, true],
      [0o622, false],
    ] as const) {
      chmodSync(join(root, 'user.creds'), mode);
      assert.equal((await nodeFiles.about?.(toFileId(join(root, 'user.creds'))))?.isReadableByOthers, isReadable);
    }
  });

  it('survives a folder that does not exist', async () => {
    assert.deepEqual(await list(join(root, 'nowhere')), []);
  });

  it('keeps a byte order mark and Windows newlines in the text', async () => {
    put('a.conf', '\uFEFFport: 1\r\n');
    assert.equal(await nodeFiles.read(toFileId(join(root, 'a.conf'))), '\uFEFFport: 1\r\n');
  });

  it('reads nothing from what is absent, a folder, binary or too large', async () => {
    put('folder/a');
    put('binary.conf', new Uint8Array([65, 0, 66]));
    put('large.conf', new Uint8Array(16 * 1024 * 1024 + 1).fill(65));
    for (const path of ['absent', 'folder', 'binary.conf', 'large.conf'])
      assert.equal(await nodeFiles.read(toFileId(join(root, path))), undefined);
    assert.equal(await nodeFiles.read('untitled:Untitled-1'), undefined);
  });

  it('reads bytes that are no UTF-8 as replacement characters', async () => {
    put('latin1.conf', new Uint8Array([0x61, 0xe9, 0x62]));
    assert.equal(await nodeFiles.read(toFileId(join(root, 'latin1.conf'))), 'a\uFFFDb');
  });
});
