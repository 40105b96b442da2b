// Entry in a browser (vscode.dev, github.dev): the server is a web worker.
import { type ExtensionContext, Uri } from 'vscode';
import { startExtension } from './extension.ts';

export function activate(context: ExtensionContext): void {
  const script = Uri.joinPath(context.extensionUri, 'dist/server.browser.js').toString(true);
  let worker: Worker | undefined;
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  // A restart needs a fresh worker.
  startExtension(context, async () => {
    const { BrowserMessageReader, BrowserMessageWriter } = await import('vscode-languageclient/browser');
    worker?.terminate();
    worker = new Worker(script);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  });
}
