// Texts that the extension shows and nobody edits: rule pages, token reports. They are files of a read-only file system of our
// own, so that links lead to them in every host and the editor's Markdown preview, which knows themes, keyboards and screen
// readers, can show them. The manifest opens its Markdown in that preview.
import {
  commands,
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  languages,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { besideOpenEditors } from './beside.ts';
import { toReadingPage } from './reading-page.ts';

const pageScheme = 'authlint';

/** Where the page of a rule is. */
export function rulePageUri(rule: string): Uri {
  return Uri.from({ scheme: pageScheme, path: `/${rule}.md` });
}

interface Page {
  readonly bytes: Uint8Array;
  /** Counts up, which is all that an editor wants to know of a time. */
  readonly version: number;
}

export class Pages implements FileSystemProvider, Disposable {
  readonly #extension: Uri;
  /** Reports, by path. In memory alone: what a token says is not left on a disk. */
  readonly #reports = new Map<string, Page>();
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #registration: Disposable;
  #rulePages: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(extension: Uri) {
    this.#extension = extension;
    this.#registration = workspace.registerFileSystemProvider(pageScheme, this, { isReadonly: true, isCaseSensitive: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  /** Markdown of every rule's page by rule id, as it was when this extension was built. */
  rulePages(): Promise<ReadonlyMap<string, string>> {
    this.#rulePages ??= this.#readRulePages();
    return this.#rulePages;
  }

  /** Shows a page, beside what is being edited or in its place. Where `language` is unknown to the editor, the name decides. */
  async show(uri: Uri, where: 'beside' | 'here', language?: string): Promise<void> {
    const viewColumn = where === 'beside' ? besideOpenEditors() : ViewColumn.Active;
    // Where somebody has switched the built-in Markdown extension off, its source is still readable.
    if (uri.path.endsWith('.md')) await commands.executeCommand('vscode.open', uri, { viewColumn, preview: true });
    else {
      const document = await workspace.openTextDocument(uri);
      const shown =
        language === undefined
          ? document
          : await languages.setTextDocumentLanguage(document, language).then(
              same => same,
              () => document,
            );
      await window.showTextDocument(shown, { viewColumn, preview: true });
    }
  }

  /** Shows a text of the moment. `name` (`Token report.md`) is its title, decides about its language, and replaces one of the same name. */
  async showReport(name: string, text: string, where: 'beside' | 'here', language?: string): Promise<void> {
    const uri = Uri.from({ scheme: pageScheme, path: `/${name}` });
    const version = (this.#reports.get(uri.path)?.version ?? 0) + 1;
    this.#reports.set(uri.path, { bytes: new TextEncoder().encode(text), version });
    this.#changed.fire([{ type: FileChangeType.Changed, uri }]);
    await this.show(uri, where, language);
  }

  async stat(uri: Uri): Promise<FileStat> {
    if (uri.path === '/') return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { bytes, version } = await this.#page(uri);
    return { type: FileType.File, ctime: 0, mtime: version, size: bytes.length };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    return (await this.#page(uri)).bytes;
  }

  async #page(uri: Uri): Promise<Page> {
    const report = this.#reports.get(uri.path);
    if (report) return report;
    const text = (await this.rulePages()).get(uri.path.slice(1).replace(/\.md$/, ''));
    if (text === undefined) throw FileSystemError.FileNotFound(uri);
    return { bytes: new TextEncoder().encode(text), version: 1 };
  }

  async #readRulePages(): Promise<ReadonlyMap<string, string>> {
    const bytes = await workspace.fs.readFile(Uri.joinPath(this.#extension, 'dist/rule-pages.json'));
    const pages: Record<string, string> = JSON.parse(new TextDecoder().decode(bytes));
    return new Map(Object.entries(pages).map(([id, text]) => [id, toReadingPage(text)]));
  }

  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  readDirectory(): [string, FileType][] {
    return [];
  }

  createDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }
}
