// Entry on desktop, in remotes and in code-server: the server is a node process of its own.
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { startExtension } from './extension.ts';
import { natsServerProgram } from './nats-server-process.ts';
import { writeSecretFile } from './secret-file.ts';

export function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server.js');
  // Megabytes for what is new: with V8's own measure most of the server's memory would be waiting to be collected.
  const execArgv = ['--max-semi-space-size=2'];
  const run = { module, transport: TransportKind.ipc, options: { execArgv } };
  return startExtension(
    context,
    (id, name, options) =>
      new LanguageClient(id, name, { run, debug: { ...run, options: { execArgv: [...execArgv, '--nolazy', '--inspect=6009'] } } }, options),
    { natsServer: natsServerProgram, writeSecretFile },
  );
}
