// What both entries share: the server, the commands and the status item.
import { commands, type ExtensionContext, languages, workspace } from 'vscode';
import { AgreedHosts } from './agreed-hosts.ts';
import { registerCommands } from './commands/index.ts';
import type { Connect } from './language-client.ts';
import { followNatsLanguage } from './nats-language.ts';
import type { NatsServerProgram } from './nats-server-process.ts';
import type { WriteSecretFile } from './secret-file.ts';
import { Server } from './server.ts';
import { showServerState } from './server-state.ts';
import { confirmHost } from './views/confirm-host.ts';
import { Pages } from './views/pages.ts';
import { createViews } from './views/views.ts';

/** What a host without a browser can do: start programs, and say who may read a file. */
interface Desktop {
  readonly natsServer?: NatsServerProgram;
  readonly writeSecretFile?: WriteSecretFile;
}

/**
 * Makes everything that the editor must know of at once. The library that speaks with the server is loaded after that, so that no other
 * extension waits for it. `desktop` is for hosts with a machine around them.
 */
export function startExtension(context: ExtensionContext, connect: Connect, { natsServer, writeSecretFile }: Desktop = {}): void {
  const server = new Server(connect);
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
  void commands.executeCommand('setContext', 'authlint.runsPrograms', natsServer !== undefined);
  const start = async () => {
    // A server that cannot start is shown, and the commands stay to help.
    await server.start().catch(error => server.output.error(error));
    context.subscriptions.push(followNatsLanguage(server));
  };
  const soon = setTimeout(() => void start(), 0);
  context.subscriptions.push({ dispose: () => clearTimeout(soon) });
}
