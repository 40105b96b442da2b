// The server's life: it can be started again, and comes back with everything.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, fileUri, findingOf, isWeb, openFile, ownFindings } from './workspace.ts';

/** After so many crashes in a row the editor lets it be. */
const crashesUntilItStaysDown = 5;

/** Processes of the language server that this host has started. Linux only. */
async function serverProcesses(): Promise<readonly number[]> {
  const { readdirSync, readFileSync } = await import('node:fs');
  const own = `/proc/${process.pid}/task`;
  const children = readdirSync(own).flatMap(task => readFileSync(`${own}/${task}/children`, 'utf8').split(' ').filter(Boolean));
  return children.map(Number).filter(pid => {
    try {
      return /dist\/server\.js/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    } catch {
      // It has just ended.
      return false;
    }
  });
}

/** Whether the server answers: it is asked about a key whose meaning it knows. */
async function answers(): Promise<boolean> {
  const at = new vscode.Position(2, 2);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', fileUri('nats.conf'), at);
  return hovers.length > 0;
}

describe('server', () => {
  it('comes back with its findings after a restart', async () => {
    await openFile('request.sh');
    await findingOf('request.sh', 'jwt/expired');
    let cleared = false;
    const listener = vscode.languages.onDidChangeDiagnostics(() => {
      cleared ||= ownFindings(fileUri('request.sh')).length === 0;
    });
    await vscode.commands.executeCommand('authlint.restartServer');
    await eventually('findings of the old server taken away', () => cleared);
    listener.dispose();
    await findingOf('request.sh', 'jwt/expired');
  });

  it('is started by a command that needs it, after it has crashed so often that it stays down', async function () {
    if (isWeb || process.platform !== 'linux') this.skip();
    await openFile('nats.conf');
    for (let i = 0; i < crashesUntilItStaysDown; i++) {
      await eventually('an answer', answers);
      const [server] = await serverProcesses();
      assert.ok(server, 'the server has no process');
      process.kill(server, 'SIGKILL');
      await eventually('the end of the process', async () => !(await serverProcesses()).includes(server));
    }
    await eventually('no more answers', async () => !(await answers()));
    await vscode.commands.executeCommand('authlint.showEffectiveConfiguration', fileUri('nats.conf'));
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /server_name: orders-1/);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('reads files that are not open, from a disk or from whatever the editor has in its place', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('authlint.restartServer');
    await findingOf('request.sh', 'jwt/expired');
    await findingOf('nats.conf', 'nats/plaintext-password');
  });
});
