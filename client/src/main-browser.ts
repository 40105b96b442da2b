// Entry in a browser (vscode.dev, github.dev): the server is a web worker.
import { type ExtensionContext, Uri } from 'vscode';
import { startExtension } from './extension.ts';

export function activate(context: ExtensionContext): void {
  const script = Uri.joinPath(context.extensionUri, 'dist/server.browser.js').toString(true);
  let worker: Worker | undefined;
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  // Message transports instead of the worker itself: a restart needs a fresh worker, and VS Code replaces the global class
  // `Worker`, by which the client would recognise one that a function returns.
  startExtension(context, async (id, name, options) => {
    const { BrowserMessageReader, BrowserMessageWriter, LanguageClient } = await import('vscode-languageclient/browser');
    const connect = async () => {
      worker?.terminate();
      worker = new Worker(script);
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    };
    return new LanguageClient(id, name, connect, options);
  });
}
