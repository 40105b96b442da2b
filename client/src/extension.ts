// What both entries share: the server, the commands and the status item.
import { commands, type ExtensionContext, languages, workspace } from 'vscode';
import { AgreedHosts } from './agreed-hosts.ts';
import { registerCommands } from './commands/index.ts';
import { followNatsLanguage } from './nats-language.ts';
import type { NatsServerProgram } from './nats-server-process.ts';
import type { WriteSecretFile } from './secret-file.ts';
import { type CreateClient, Server } from './server.ts';
import { showServerState } from './server-state.ts';
import { confirmHost } from './views/confirm-host.ts';
import { Pages } from './views/pages.ts';
import { createViews } from './views/views.ts';

/** What a host without a browser can do: start programs, and say who may read a file. */
interface Desktop {
  readonly natsServer?: NatsServerProgram;
  readonly writeSecretFile?: WriteSecretFile;
}

/** Starts the server and resolves when it answers. One that cannot start is shown, and the commands stay to help. `desktop` is for hosts with a machine around them. */
export async function startExtension(
  context: ExtensionContext,
  createClient: CreateClient,
  { natsServer, writeSecretFile }: Desktop = {},
): Promise<void> {
  const server = new Server(createClient);
  const pages = new Pages(context.extensionUri);
  const views = createViews(context.extensionUri);
  const natsServerSays = languages.createDiagnosticCollection('nats-server');
  context.subscriptions.push(
    server,
    pages,
    views,
    natsServerSays,
    // What the server said about a text holds for that text.
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) natsServerSays.delete(document.uri);
    }),
    showServerState(server),
    registerCommands({
      server,
      pages,
      views,
      agreedHosts: new AgreedHosts(context.workspaceState, () => workspace.isTrusted, confirmHost),
      natsServer,
      writeSecretFile,
      natsServerSays,
    }),
  );
  await commands.executeCommand('setContext', 'authlint.runsPrograms', natsServer !== undefined);
  await server.start().catch(error => server.output.error(error));
  context.subscriptions.push(followNatsLanguage(server));
}
