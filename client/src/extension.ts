// What both entries share: the server, the commands and the status item.
import { commands, type ExtensionContext, languages, workspace } from 'vscode';
import { registerCommands } from './commands/index.ts';
import type { NatsServerProgram } from './nats-server-process.ts';
import { type CreateClient, Server } from './server.ts';
import { showServerState } from './server-state.ts';
import { Pages } from './views/pages.ts';

/** Starts the server and resolves when it answers. One that cannot start is shown, and the commands stay to help. `natsServer` is for hosts that can start programs. */
export async function startExtension(context: ExtensionContext, createClient: CreateClient, natsServer?: NatsServerProgram): Promise<void> {
  const server = new Server(createClient);
  const pages = new Pages(context.extensionUri);
  const natsServerSays = languages.createDiagnosticCollection('nats-server');
  context.subscriptions.push(
    server,
    pages,
    natsServerSays,
    // What the server said about a text holds for that text.
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) natsServerSays.delete(document.uri);
    }),
    showServerState(server),
    registerCommands({ server, pages, natsServer, natsServerSays }),
  );
  await commands.executeCommand('setContext', 'authlint.runsPrograms', natsServer !== undefined);
  await server.start().catch(error => server.output.error(error));
}
