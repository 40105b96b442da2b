// What both entries share: the server, the commands and the status item.
import type { ExtensionContext } from 'vscode';
import { registerCommands } from './commands/index.ts';
import { type CreateClient, Server } from './server.ts';
import { showServerState } from './server-state.ts';
import { Pages } from './views/pages.ts';

/** Starts the server and resolves when it answers. One that cannot start is shown, and the commands stay to help. */
export async function startExtension(context: ExtensionContext, createClient: CreateClient): Promise<void> {
  const server = new Server(createClient);
  const pages = new Pages(context.extensionUri);
  context.subscriptions.push(server, pages, showServerState(server), registerCommands({ server, pages }));
  await server.start().catch(error => server.output.error(error));
}
