// Entry of `dist/server.browser.js`: the language server in a web worker. The same file holds what `dist/server.js` runs on node, where
// nothing is started here.
import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from 'vscode-languageserver/browser';
import { askFromBrowser } from './hosts/browser-network.ts';
import { realTime } from './lsp/platform.ts';
import { startServer } from './lsp/server.ts';

if ('postMessage' in globalThis) {
  const worker = globalThis as unknown as DedicatedWorkerGlobalScope;
  const connection = createConnection(ProposedFeatures.all, new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
  startServer(connection, { files: undefined, ask: askFromBrowser, ...realTime });
}
