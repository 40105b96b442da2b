// Entry on desktop, in remotes and in code-server: the server is a node process of its own. It starts while the rest of the extension is
// loaded, most of which is in the bundle for browsers.
import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';
import { requireCompiled } from '../../server/src/hosts/compiled-code.ts';
import { natsServerProgram } from './nats-server-process.ts';
import { writeSecretFile } from './secret-file.ts';
import type { CreateClient } from './server.ts';
import { ServerProcess } from './server-process.ts';

/** Set by the bundler. */
declare const BROWSER_CONTENT: string;

export async function activate(context: ExtensionContext): Promise<void> {
  const server = new ServerProcess(context.asAbsolutePath('dist/server.js'));
  context.subscriptions.push(server);
  requireCompiled(join(__dirname, 'client.browser.js'), BROWSER_CONTENT);
  const { startExtension } = await import('./extension.ts');
  startExtension(context, clientOf(server), { natsServer: natsServerProgram, writeSecretFile });
}

function clientOf(server: ServerProcess): CreateClient {
  return async (id, name, options) => {
    const { IPCMessageReader, IPCMessageWriter, LanguageClient } = await import('vscode-languageclient/node');
    const connect = async () => {
      const child = server.take(options.outputChannel);
      return { reader: new IPCMessageReader(child), writer: new IPCMessageWriter(child) };
    };
    return new LanguageClient(id, name, connect, options);
  };
}
