// The extension as people get it: packaged, and installed into a folder of extensions of its own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../bundle.mjs';
import { createPackage } from '../package.mjs';

/** Packages `dist/` as it stands and installs it; returns the folder for `startServer`, which is removed at exit. */
export async function installPackage(editor) {
  const extensions = mkdtempSync(join(tmpdir(), 'authlint-extensions-'));
  process.once('exit', () => rmSync(extensions, { recursive: true, force: true }));
  const { path } = await createPackage(`${root}.cache/authlint.vsix`, { quiet: true });
  const places = ['--extensions-dir', extensions, '--server-data-dir', join(extensions, '.data')];
  execFileSync(editor.node, [editor.main, '--accept-server-license-terms', '--install-extension', path, ...places], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return extensions;
}
