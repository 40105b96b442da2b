// The extension as people get it: packaged, and installed into a folder of extensions of its own.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createPackage } from '../package.mjs';
import { temporaryFolder } from './programs.mjs';

/** Made once, however many editors it is installed in. */
let packaged;

/** Packages `dist/` as it stands and installs it; returns the folder for `startServer`, which is removed at exit. */
export async function installPackage(editor) {
  packaged ??= createPackage(join(temporaryFolder('package'), 'authlint.vsix'), { quiet: true });
  const { path } = await packaged;
  const extensions = temporaryFolder('extensions');
  const places = ['--extensions-dir', extensions, '--server-data-dir', temporaryFolder('install')];
  await promisify(execFile)(editor.node, [editor.main, '--accept-server-license-terms', '--install-extension', path, ...places]);
  return extensions;
}
