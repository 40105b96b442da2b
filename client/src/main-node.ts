// Entry on desktop, in remotes and in code-server: the server is a node process of its own. It starts while the rest of the extension is
// loaded, most of which is in the bundle for browsers.
import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';
import { requireCompiled } from '../../server/src/hosts/compiled-code.ts';
import type { Connect } from './language-client.ts';
import { natsServerProgram } from './nats-server-process.ts';
import { writeSecretFile } from './secret-file.ts';
import { ServerProcess } from './server-process.ts';

/** Set by the bundler. */
declare const BROWSER_CONTENT: string;

export async function activate(context: ExtensionContext): Promise<void> {
  const server = new ServerProcess(context.asAbsolutePath('dist/server.js'));
  context.subscriptions.push(server);
  requireCompiled(join(__dirname, 'client.browser.js'), BROWSER_CONTENT);
  const { startExtension } = await import('./extension.ts');
  const connect: Connect = async output => {
    const { transportsOf } = await import('./process-transports.ts');
    return transportsOf(server.take(output));
  };
  startExtension(context, connect, { natsServer: natsServerProgram, writeSecretFile });
}
