// The extension as people get it: packaged, and installed into a folder of extensions of its own.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createPackage } from '../package.mjs';
import { temporaryFolder } from './programs.mjs';

/** Packages `dist/` as it stands and installs it; returns the folder for `startServer`, which is removed at exit. */
export async function installPackage(editor) {
  const extensions = temporaryFolder('extensions');
  const { path } = await createPackage(join(extensions, 'authlint.vsix'), { quiet: true });
  const places = ['--extensions-dir', extensions, '--server-data-dir', temporaryFolder('install')];
  execFileSync(editor.node, [editor.main, '--accept-server-license-terms', '--install-extension', path, ...places], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return extensions;
}
