// The frame around our webviews: one panel of each kind, what its page may load (nothing from anywhere else), and how it speaks with the
// extension. The page itself is `page.ts` and `page.css`, the same for all views.
import { type Disposable, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { besideOpenEditors } from '../beside.ts';
import { type Html, html } from './html.ts';

export interface ViewKind {
  /** `authlint.authMap`. */
  readonly type: string;
  readonly title: string;
  /** Whether it is shown beside what it is about. */
  readonly beside?: boolean;
}

/** A panel whose content can be shown again. */
export class View implements Disposable {
  readonly #extension: Uri;
  readonly #kind: ViewKind;
  #panel: WebviewPanel | undefined;
  #listener: Disposable | undefined;

  constructor(extension: Uri, kind: ViewKind) {
    this.#extension = extension;
    this.#kind = kind;
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  /** Shows the panel with a content; `answer` gets what the buttons of the page say. A panel that is open is used again, where it is. */
  show(body: Html, answer: (message: unknown) => unknown): void {
    const dist = Uri.joinPath(this.#extension, 'dist');
    const { type, title, beside } = this.#kind;
    if (this.#panel) this.#panel.reveal();
    else {
      const options = { enableScripts: true, enableFindWidget: true, localResourceRoots: [dist] };
      this.#panel = window.createWebviewPanel(type, title, beside ? besideOpenEditors() : ViewColumn.Active, options);
      this.#panel.onDidDispose(() => {
        this.#panel = undefined;
      });
    }
    const { webview } = this.#panel;
    this.#listener?.dispose();
    this.#listener = webview.onDidReceiveMessage(answer);
    const file = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
    webview.html = page(title, body, { script: file('webview.js'), style: file('webview.css'), source: webview.cspSource });
  }
}

interface Resources {
  readonly script: string;
  readonly style: string;
  /** Where the editor serves files of the extension from. */
  readonly source: string;
}

function page(title: string, body: Html, { script, style, source }: Resources): string {
  const policy = `default-src 'none'; style-src ${source}; script-src ${source}`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
${body}
<script src="${script}"></script>
</body>
</html>`.text;
}
