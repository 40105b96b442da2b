// The editor's own settings. They reach the server when it starts, so that it never has to ask.
import { type Disposable, workspace } from 'vscode';
import type { InitializationOptions } from '../../server/src/protocol.ts';
import type { Server } from './server.ts';

/** What the settings say now. A folder on no disk (a repository on the web) is read through the editor. */
export function initializationOptions(): InitializationOptions {
  const settings = workspace.getConfiguration('authlint');
  const natsServer = settings.get<string>('natsServer', '').trim();
  return {
    ...(natsServer ? { natsServer } : {}),
    run: settings.get<'onType' | 'onSave'>('run', 'onType'),
    providesFiles: typeof process === 'undefined' || (workspace.workspaceFolders ?? []).some(folder => folder.uri.scheme !== 'file'),
  };
}

/** A changed setting takes effect by a restart: it is rare, and costs a second. */
export function restartOnSettings(server: Server): Disposable {
  return workspace.onDidChangeConfiguration(async change => {
    if (['authlint.natsServer', 'authlint.run'].some(name => change.affectsConfiguration(name))) await server.start();
  });
}
