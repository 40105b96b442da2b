// What the server must know from its first moment on. Later changes of settings it asks for by itself.
import { workspace } from 'vscode';
import type { InitializationOptions } from '../../server/src/protocol.ts';

/** What the editor's settings say now. A folder on no disk (a repository on the web) is read through the editor. */
export function initializationOptions(): InitializationOptions {
  const settings = workspace.getConfiguration('authlint');
  const natsServer = settings.get<string>('natsServer', '').trim();
  return {
    ...(natsServer ? { natsServer } : {}),
    run: settings.get<'onType' | 'onSave'>('run', 'onType'),
    codeLens: settings.get('codeLens', true),
    inlayHints: settings.get('inlayHints', true),
    commands: true,
    providesFiles: typeof process === 'undefined' || (workspace.workspaceFolders ?? []).some(folder => folder.uri.scheme !== 'file'),
  };
}
