// Entry of `dist/server.js`: the language server on node, for the extension (IPC) and for other editors (standard input and output,
// socket, pipe). The transport is read from the command line, as language clients pass it.
import './main-node-code.ts';
import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { Ask } from './checks/remote-keys.ts';
import { describeFault } from './core/lint/run-rules.ts';
import { nodeFiles } from './hosts/node-files.ts';
import { realTime } from './lsp/platform.ts';
import { withRest } from './lsp/rest.ts';
import { startServer } from './lsp/server.ts';

if (!process.argv.some(argument => /^--(stdio|node-ipc|socket|pipe)(=|$)/.test(argument))) process.argv.push('--stdio');

const connection = createConnection(ProposedFeatures.all);
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, error => connection.console.error(`Internal fault: ${describeFault(error)}`));
}
// What asks the network is loaded with the first question.
const ask: Ask = async (...question) => (await import('./hosts/node-network.ts')).askFromNode(...question);
// V8 looks every eight seconds whether it should collect what nobody needs, bring together what is left and give back the room. This is what
// tells it to: it does so in small steps and once, until there is more to gain. Whoever types would wait for it.
const saveMemory = (saves: boolean) => setFlagsFromString(saves ? '--optimize-for-size' : '--no-optimize-for-size');
startServer(connection, { files: nodeFiles, ask, clock: realTime.clock, timers: withRest(realTime.timers, saveMemory) });
