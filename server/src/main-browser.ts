// Entry of `dist/server.browser.js`: the language server in a web worker.
import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from 'vscode-languageserver/browser';
import { realTime } from './lsp/platform.ts';
import { startServer } from './lsp/server.ts';

const worker = globalThis as unknown as DedicatedWorkerGlobalScope;
const connection = createConnection(ProposedFeatures.all, new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
startServer(connection, { files: undefined, ...realTime });
