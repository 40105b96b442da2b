// After the handshake: asks for news about files and settings, as far as the client can be asked.
import { type ClientCapabilities, DidChangeConfigurationNotification, DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';
import { readSettings } from './did-change-configuration.ts';

export async function initialized(context: ServerContext): Promise<void> {
  const { connection, client } = context;
  const wanted = registrations(client).map(register => register(connection.client));
  // A client that refuses a registration still gets everything else.
  const results = await Promise.allSettled(wanted);
  if (results.some(result => result.status === 'rejected')) context.session.log('The client refused to report some changes.');
  if (client.workspace?.configuration) await readSettings(context, undefined);
}

type Register = (client: ServerContext['connection']['client']) => Promise<unknown>;

function registrations({ workspace }: ClientCapabilities): readonly Register[] {
  const list: Register[] = [];
  if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
    list.push(client => client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] }));
  }
  if (workspace?.didChangeConfiguration?.dynamicRegistration) {
    list.push(client => client.register(DidChangeConfigurationNotification.type, { section: 'authlint' }));
  }
  return list;
}
