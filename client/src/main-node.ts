// Entry on desktop, in remotes and in code-server: the server is a node process of its own.
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { startExtension } from './extension.ts';
import { natsServerProgram } from './nats-server-process.ts';
import { writeSecretFile } from './secret-file.ts';

export function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server.js');
  const run = { module, transport: TransportKind.ipc };
  return startExtension(
    context,
    (id, name, options) =>
      new LanguageClient(id, name, { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } } }, options),
    { natsServer: natsServerProgram, writeSecretFile },
  );
}
