// Entry of `dist/server.js`: the language server on node, for the extension (IPC) and for other editors (standard input and output,
// socket, pipe). The transport is read from the command line, as language clients pass it.
import './main-node-code.ts';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { Ask } from './checks/remote-keys.ts';
import { describeFault } from './core/lint/run-rules.ts';
import { nodeFiles } from './hosts/node-files.ts';
import { realTime } from './lsp/platform.ts';
import { startServer } from './lsp/server.ts';

if (!process.argv.some(argument => /^--(stdio|node-ipc|socket|pipe)(=|$)/.test(argument))) process.argv.push('--stdio');

const connection = createConnection(ProposedFeatures.all);
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, error => connection.console.error(`Internal fault: ${describeFault(error)}`));
}
// What asks the network is loaded with the first question.
const ask: Ask = async (...question) => (await import('./hosts/node-network.ts')).askFromNode(...question);
startServer(connection, { files: nodeFiles, ask, ...realTime });
