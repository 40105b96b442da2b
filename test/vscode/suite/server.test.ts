// The server's life: it can be started again, and comes back with everything.
import * as vscode from 'vscode';
import { eventually, fileUri, findingOf, openFile, ownFindings } from './workspace.ts';

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

  it('reads files that are not open, from a disk or from whatever the editor has in its place', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('authlint.restartServer');
    await findingOf('request.sh', 'jwt/expired');
    await findingOf('nats.conf', 'nats/plaintext-password');
  });
});
