// Texts that the extension shows and nobody edits: rule pages, token reports. They are documents of a scheme of our own, so
// that the editor's Markdown preview, which knows themes, keyboards and screen readers, can show them in every host.
import { commands, type Disposable, EventEmitter, type TextDocumentContentProvider, Uri, ViewColumn, window, workspace } from 'vscode';
import { toReadingPage } from './reading-page.ts';

const scheme = 'authlint';

export class Pages implements TextDocumentContentProvider, Disposable {
  readonly #extension: Uri;
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registration: Disposable;
  #rulePages: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(extension: Uri) {
    this.#extension = extension;
    this.#registration = workspace.registerTextDocumentContentProvider(scheme, this);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  provideTextDocumentContent(uri: Uri): string | undefined {
    return this.#texts.get(uri.path);
  }

  /** Markdown of every rule's page by rule id, as it was when this extension was built. */
  rulePages(): Promise<ReadonlyMap<string, string>> {
    this.#rulePages ??= this.#readRulePages();
    return this.#rulePages;
  }

  async #readRulePages(): Promise<ReadonlyMap<string, string>> {
    const bytes = await workspace.fs.readFile(Uri.joinPath(this.#extension, 'dist/rule-pages.json'));
    const pages: Record<string, string> = JSON.parse(new TextDecoder().decode(bytes));
    return new Map(Object.entries(pages).map(([id, text]) => [id, toReadingPage(text)]));
  }

  /**
   * Shows Markdown, beside what is being edited or in its place. `name` (`Token report.md`) is its title, and the same name is the
   * same page.
   */
  async showMarkdown(name: string, text: string, where: 'beside' | 'here'): Promise<void> {
    const uri = this.#put(name, text);
    const command = where === 'beside' ? 'markdown.showPreviewToSide' : 'markdown.showPreview';
    // Where somebody has switched the built-in Markdown extension off, its source is still readable.
    await commands.executeCommand(command, uri).then(undefined, () => this.#showSource(uri));
  }

  /** Shows a text as source; the end of `name` decides about its language. */
  async showText(name: string, text: string): Promise<void> {
    await this.#showSource(this.#put(name, text));
  }

  #put(name: string, text: string): Uri {
    const uri = Uri.from({ scheme, path: `/${name}` });
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    return uri;
  }

  async #showSource(uri: Uri): Promise<void> {
    await window.showTextDocument(await workspace.openTextDocument(uri), { viewColumn: ViewColumn.Beside, preview: true });
  }
}
