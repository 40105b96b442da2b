// The editor's own settings changed.
import type { DidChangeConfigurationParams } from 'vscode-languageserver';
import { toEditorSettings } from '../from-lsp.ts';
import type { ServerContext } from '../server.ts';

export async function didChangeConfiguration(context: ServerContext, params: DidChangeConfigurationParams): Promise<void> {
  await readSettings(context, params.settings);
}

/** Asks the client for its settings where it can be asked, else takes those that it sent along; without either all stays as it is. */
export async function readSettings({ connection, client, session }: ServerContext, sent: unknown): Promise<void> {
  const section: unknown = client.workspace?.configuration
    ? await connection.workspace.getConfiguration('authlint')
    : (sent as { authlint?: unknown } | null | undefined)?.authlint;
  session.configure(toEditorSettings(section, session.settings));
}
