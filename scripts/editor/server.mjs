// Starts the VS Code server that `install.mjs` fetched, on a free port of 127.0.0.1 and with data of its own.
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startGroup, temporaryFolder } from './programs.mjs';

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'security.workspace.trust.enabled': false,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/** What makes every folder one that nobody has trusted yet, without a question before the first look. */
const withoutTrust = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

/**
 * `editor` is what `installEditor` returns; `settings` are added to quiet ones; `keys` are key bindings; `extensions` is a folder of
 * installed extensions. Folders are trusted, unless `isTrusted` is false. `isSuite` is for tests that run in the extension host and have
 * nobody to answer: the editor then takes extensions and tests from the address, and shows no dialogs and no messages. Resolves when the
 * server answers, with { origin, host, data, stop }.
 */
export async function startServer(editor, { settings = {}, keys = [], extensions, isTrusted = true, isSuite = false } = {}) {
  const data = temporaryFolder('editor');
  mkdirSync(join(data, 'data/Machine'), { recursive: true });
  mkdirSync(join(data, 'data/User'), { recursive: true });
  const trust = isTrusted ? {} : withoutTrust;
  writeFileSync(join(data, 'data/Machine/settings.json'), JSON.stringify({ ...quietSettings, ...trust, ...settings }));
  writeFileSync(join(data, 'data/User/keybindings.json'), JSON.stringify(keys));
  const port = await freePort();
  const log = openSync(join(data, 'server.log'), 'w');
  const args = [editor.main, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--accept-server-license-terms'];
  args.push('--telemetry-level', 'off', '--server-data-dir', data);
  if (isSuite) args.push('--enable-smoke-test-driver');
  if (isTrusted) args.push('--disable-workspace-trust');
  args.push('--extensions-dir', extensions ?? join(data, 'extensions'));
  const { child, stop } = startGroup(editor.node, args, { stdio: ['ignore', log, log] });
  const origin = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 30_000;
  while (!(await answers(`${origin}/version`))) {
    if (child.exitCode === null && Date.now() < deadline) await new Promise(done => setTimeout(done, 50));
    else {
      await stop();
      const words = readFileSync(join(data, 'server.log'), 'utf8').trim().split('\n').slice(-8).join('\n');
      throw new Error(`the VS Code server did not start:\n${words}`);
    }
  }
  return {
    origin,
    host: `127.0.0.1:${port}`,
    data,
    stop: async () => {
      await stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function answers(url) {
  return fetch(url).then(
    response => response.ok,
    () => false,
  );
}

/** Address of the workbench on a folder. `payload` is a list of [key, value], as VS Code's own integration tests pass it. */
export function workbenchUrl(server, folder, payload = []) {
  const query = new URLSearchParams({ folder, payload: JSON.stringify([['skipWelcome', 'true'], ...payload]) });
  return `${server.origin}/?${query.toString().replaceAll('+', '%20')}`;
}

/** A path of this machine as the workbench in the browser names it. */
export function remoteUri(server, path) {
  return `vscode-remote://${server.host}${path}`;
}
