// Opens a real editor with the extension on a folder, for a person: desktop VS Code where `code` is on the PATH, else the VS Code
// server from npm, to be visited with any browser of this machine.
//   node scripts/editor/open.mjs [FOLDER]
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { root } from '../bundle.mjs';
import { ensureBuilt } from './build-suite.mjs';
import { installEditor } from './install.mjs';
import { installPackage } from './installed-package.mjs';
import { onPath } from './programs.mjs';
import { startServer } from './server.mjs';
import { Unavailable } from './tier.mjs';

/**
 * Opens `folder` (an absolute path). Resolves with `{ kind: 'desktop' }` when VS Code has taken over, or with
 * `{ kind: 'browser', url, stop }` while the server runs; it ends with this process at the latest. Throws `Unavailable` with a
 * reason for a person where neither can be had.
 */
export async function openEditor(folder, log = console.log) {
  const code = onPath('code');
  if (code) {
    await runDesktop(code, folder);
    return { kind: 'desktop' };
  }
  if (process.platform !== 'linux') {
    throw new Unavailable(`install VS Code's command \`code\`, or open ${folder} with: code --extensionDevelopmentPath=${root} ${folder}`);
  }
  const editor = await installNewest(log);
  const server = await startServer(editor, { extensions: await installPackage(editor) });
  return { kind: 'browser', url: `${server.origin}/?folder=${encodeURI(folder)}`, stop: server.stop };
}

/** The newest editor; the oldest where there is no node for the newest. */
async function installNewest(log) {
  try {
    return await installEditor('newest', log);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    log(`${error.message}\ntrying an older VS Code…`);
    return installEditor('oldest', log);
  }
}

/** `code` hands the folder to VS Code and ends. As root, VS Code wants to be told where its data may be, and is then without a sandbox. */
function runDesktop(code, folder) {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox', `--user-data-dir=${root}.cache/code`] : [];
  return new Promise((done, fail) => {
    const child = spawn(code, ['--new-window', `--extensionDevelopmentPath=${root}`, ...asRoot, folder], { stdio: 'inherit' });
    child.once('error', fail);
    child.once('exit', status => (status === 0 ? done() : fail(new Error(`code ended with ${status}`))));
  });
}

if (process.argv[1]?.endsWith('open.mjs')) {
  await ensureBuilt();
  try {
    const opened = await openEditor(resolve(process.argv[2] ?? `${root}examples`));
    if (opened.kind === 'browser') console.log(`VS Code is at ${opened.url}\nCtrl-C stops it.`);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    console.error(`No editor can be opened here: ${error.message}`);
    process.exit(1);
  }
}
