// Says in the status bar's language menu whether the server runs, and offers the way back when it does not.
import { type Disposable, LanguageStatusSeverity, languages } from 'vscode';
import { documentSelector } from './document-selector.ts';
import type { Server, ServerState } from './server.ts';

const restart = { title: 'Restart', command: 'authlint.restartServer' };
const showOutput = { title: 'Show Output', command: 'authlint.showOutput' };

export function showServerState(server: Server): Disposable {
  const item = languages.createLanguageStatusItem('authlint.server', documentSelector() as { scheme: string }[]);
  item.name = 'Authlint';
  const show = (state: ServerState) => {
    const stopped = state === 'stopped';
    item.busy = state === 'starting';
    item.text = stopped ? 'Authlint is not running' : 'Authlint';
    item.detail = stopped ? 'Nothing is checked' : state === 'running' ? 'Checking configurations and tokens' : 'Starting';
    item.severity = stopped ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    item.command = stopped ? restart : showOutput;
  };
  show(server.state);
  const listener = server.onDidChangeState(show);
  return {
    dispose: () => {
      listener.dispose();
      item.dispose();
    },
  };
}
