// Everything that lives as long as the connection: the open documents, the scopes they belong to, and what was reported last.
import type { PublishDiagnosticsParams, TextDocumentContentChangeEvent, TextDocumentItem } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { LanguageId } from '../core/language.ts';
import { describeFault } from '../core/lint/run-rules.ts';
import type { ServerVersion } from '../core/lint/settings.ts';
import { directoryOf, type FileId, nameOf, pathOf, pathWithin } from '../core/text/file-id.ts';
import { noFiles } from '../hosts/client-files.ts';
import type { FileSource } from '../hosts/file-source.ts';
import { fileIdOf, folderIdOf, schemeOf, uriOf } from '../hosts/file-uri.ts';
import { DiagnosticsScheduler } from './diagnostics-scheduler.ts';
import { defaultEditorSettings, type EditorSettings } from './from-lsp.ts';
import type { Platform } from './platform.ts';
import { Reports } from './reports.ts';
import { Scope, type ScopeHost } from './scope.ts';
import { type ClientAbilities, type Places, toClientAbilities, toDiagnostic } from './to-lsp.ts';

/** A document as it was after one change; each change makes a new one, so that it also says whether something is out of date. */
export interface OpenDocument {
  readonly id: FileId;
  /** As the editor spells it. */
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  /** Only where the editor, or a file that includes it, names a language of ours for files that nobody could recognise. */
  readonly language: LanguageId | undefined;
  /** Changed since it was saved. */
  readonly unsaved: boolean;
}

/** Where the session's words go. */
export interface SessionOutput {
  publish(params: PublishDiagnosticsParams): void;
  /** What open documents show beside findings may have changed, without a change of their text. */
  refresh(): void;
  /** For a person who looks for a fault. Never text of a file. */
  log(message: string): void;
}

export interface SessionStart {
  readonly files: FileSource;
  /** URIs. */
  readonly folders: readonly string[];
  readonly abilities: ClientAbilities;
  readonly settings: EditorSettings;
}

/** One document of a request, with what knows about it. */
export interface Subject {
  readonly id: FileId;
  readonly scope: Scope;
  readonly places: Places;
}

/** Milliseconds after an edit until the other files are judged again. */
const settleDelay = 100;

export class Session implements ScopeHost {
  readonly platform: Platform;
  readonly #output: SessionOutput;
  readonly #reports: Reports;
  readonly #scheduler: DiagnosticsScheduler;
  readonly #documents = new Map<FileId, OpenDocument>();
  /** Texts that incremental changes are applied to. */
  readonly #texts = new Map<FileId, TextDocument>();
  /** Deepest first, so that the first that contains a file is the one it belongs to. */
  #folders: readonly Scope[] = [];
  /** Scopes of documents that lie in no folder, by directory or document. */
  readonly #loose = new Map<FileId, Scope>();
  readonly #knownFaults = new Set<string>();
  /** Documents that were edited since their scope settled: the editor asks about those by itself. */
  readonly #edited = new Set<FileId>();
  /** What each scope was made of when the editor was told to ask again. */
  readonly #refreshedAt = new WeakMap<Scope, number>();
  /** When time alone changes what stands in a document, in milliseconds since the epoch. */
  #refreshDue = Number.POSITIVE_INFINITY;
  #settings = defaultEditorSettings;
  #cancelSettling: (() => void) | undefined;
  files: FileSource = noFiles;
  abilities = toClientAbilities(undefined);

  constructor(platform: Platform, output: SessionOutput) {
    this.platform = platform;
    this.#output = output;
    this.#reports = new Reports(params => output.publish(params));
    this.#scheduler = new DiagnosticsScheduler(platform, {
      identityOf: id => this.#documents.get(id),
      prepare: id => this.#prepare(id),
      publish: id => this.#publish(id),
    });
  }

  start({ files, folders, abilities, settings }: SessionStart): void {
    this.files = files;
    this.abilities = abilities;
    this.#settings = settings;
    this.changeFolders(folders, []);
  }

  dispose(): void {
    this.#cancelSettling?.();
    this.#scheduler.dispose();
    for (const scope of this.#scopes()) scope.dispose();
  }

  /** The document of a request; undefined for one that is not open and not loaded. */
  subjectOf(uri: string): Subject | undefined {
    const id = fileIdOf(uri);
    const scope = this.#ownerOf(id);
    return scope?.analyzer.has(id) ? { id, scope, places: this.#placesOf(scope) } : undefined;
  }

  /** Every folder, and every directory or document beside them, with what knows about it. */
  subjects(): readonly Omit<Subject, 'id'>[] {
    return this.#scopes().map(scope => ({ scope, places: this.#placesOf(scope) }));
  }

  open({ uri, languageId, version, text }: TextDocumentItem): void {
    const id = fileIdOf(uri);
    const language = languageId === 'nats-conf' ? languageId : undefined;
    this.#texts.set(id, TextDocument.create(uri, languageId, version, text));
    this.#documents.set(id, { id, uri, version, text, language, unsaved: false });
    this.#ensureScope(id);
    this.#sync(id);
    this.#ownerOf(id)?.settle();
    this.#scheduler.schedule(id);
  }

  /** Changes apply to the text as the editor had it; a version from before the known one comes out of order and is left out. */
  change(uri: string, version: number, changes: TextDocumentContentChangeEvent[]): void {
    const id = fileIdOf(uri);
    const before = this.#documents.get(id);
    const document = this.#texts.get(id);
    if (!before || !document || version < before.version) {
      this.log(`A change of ${before ? `version ${before.version} to ${version}` : 'a document that is not open'} was left out.`);
      return;
    }
    const text = TextDocument.update(document, changes, version).getText();
    this.#documents.set(id, { ...before, version, text, unsaved: true });
    this.#edited.add(id);
    this.#sync(id);
    for (const scope of this.#scopes()) if (scope.isConfig(id)) scope.settle();
    this.#scheduler.edited(id);
    this.#settleSoon();
  }

  save(uri: string): void {
    const id = fileIdOf(uri);
    const document = this.#documents.get(id);
    if (!document) return;
    this.#documents.set(id, { ...document, unsaved: false });
    this.#scheduler.schedule(id);
    for (const scope of this.#scopes()) scope.changedOnDisk(id, false);
  }

  close(uri: string): void {
    const id = fileIdOf(uri);
    if (!this.#documents.delete(id)) return;
    this.#texts.delete(id);
    this.#scheduler.cancel(id);
    this.#sync(id);
    this.#dropLooseScopes();
    this.#clearHidden();
    for (const scope of this.#scopes()) scope.settle();
  }

  changeFolders(added: readonly string[], removed: readonly string[]): void {
    const gone = new Set(removed.map(folderIdOf));
    const stay = this.#folders.filter(scope => !gone.has(scope.root));
    for (const scope of this.#folders) if (gone.has(scope.root)) this.#drop(scope);
    const known = new Set(stay.map(scope => scope.root));
    const roots = new Set(added.map(folderIdOf).filter(root => !known.has(root) && !isWholeDisk(root)));
    this.#folders = [...stay, ...[...roots].map(root => new Scope('folder', root, this))].sort((a, b) => b.root.length - a.root.length);
    this.#dropLooseScopes();
    for (const id of this.#documents.keys()) {
      this.#ensureScope(id);
      this.#sync(id);
    }
    for (const scope of this.#folders) scope.relist();
    for (const scope of this.#loose.values()) scope.settle();
    this.#clearHidden();
  }

  changedOnDisk(uri: string, created: boolean): void {
    for (const scope of this.#scopes()) scope.changedOnDisk(fileIdOf(uri), created);
  }

  deletedOnDisk(uri: string): void {
    for (const scope of this.#scopes()) scope.deletedOnDisk(fileIdOf(uri));
    this.#clearHidden();
  }

  get settings(): EditorSettings {
    return this.#settings;
  }

  configure(settings: EditorSettings): void {
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return;
    this.#settings = settings;
    for (const scope of this.#scopes()) scope.reconfigure();
  }

  /** The editor is told to ask again at this time (milliseconds since the epoch), unless it is told earlier; infinity is never. */
  refreshAt(time: number): void {
    if (time >= this.#refreshDue) return;
    this.#refreshDue = time;
    this.#scheduler.recheckAt(this, time, () => {
      this.#refreshDue = Number.POSITIVE_INFINITY;
      this.#output.refresh();
    });
  }

  log(message: string): void {
    this.#output.log(message);
  }

  // What scopes ask.

  get natsServer(): ServerVersion | undefined {
    return this.#settings.natsServer;
  }

  openText(id: FileId): OpenDocument | undefined {
    return this.#documents.get(id);
  }

  openFiles(): Iterable<FileId> {
    return this.#documents.keys();
  }

  owns(scope: Scope, id: FileId): boolean {
    return this.#ownerOf(id) === scope;
  }

  canRead(id: FileId): boolean {
    if (this.files === noFiles) return false;
    const scheme = schemeOf(id);
    return scheme === 'file' || this.#folders.some(({ root }) => schemeOf(root) === scheme);
  }

  settled(scope: Scope): void {
    this.#takeInParts(scope);
    this.#clearHidden();
    this.#refreshOthers(scope);
    const shown = scope.shownFiles();
    const isOpen = (id: FileId) => this.#documents.has(id);
    void this.#scheduler.sweep(scope, [...shown.filter(isOpen), ...shown.filter(id => !isOpen(id))]);
    this.#guard('faults', () => this.#logFaults(scope));
    this.#guard('recheck', () =>
      this.#scheduler.recheckAt(scope, scope.analyzer.recheckAt(), () => {
        scope.analyzer.recheck();
        scope.settle();
      }),
    );
  }

  /**
   * A part of a NATS configuration may have a name and a content that say nothing: what includes it decides its language. Editors that do not
   * follow us in that ask about it under another name.
   */
  #takeInParts(scope: Scope): void {
    const { analyzer } = scope;
    for (const [id, document] of this.#documents) {
      if (document.language !== undefined || this.#ownerOf(id) !== scope || !analyzer.has(id) || analyzer.owner(id)) continue;
      if (analyzer.result(id).language !== 'nats-conf') continue;
      this.#documents.set(id, { ...document, language: 'nats-conf' });
      this.#sync(id);
    }
  }

  /** Tells the editor to ask again where something changed that is not the document itself, such as a file that includes it. */
  #refreshOthers(scope: Scope): void {
    const { revision } = scope.analyzer;
    const own = [...this.#documents.keys()].filter(id => this.#ownerOf(id) === scope);
    const isNews = this.#refreshedAt.get(scope) !== revision && own.some(id => !this.#edited.has(id));
    this.#refreshedAt.set(scope, revision);
    for (const id of own) this.#edited.delete(id);
    if (isNews) this.#output.refresh();
  }

  #prepare(id: FileId): Promise<void> | undefined {
    let preparation: Promise<void> | undefined;
    this.#guard('loading', () => {
      preparation = this.#ownerOf(id)?.prepare(id);
    });
    return preparation?.catch(error => this.log(`Internal fault in loading: ${describeFault(error)}`));
  }

  #publish(id: FileId): void {
    this.#guard('diagnostics', () => {
      const scope = this.#ownerOf(id);
      if (!scope?.shows(id)) return this.#reports.clear(id);
      const document = this.#documents.get(id);
      if (document?.unsaved && this.#settings.run === 'onSave') return;
      const places = this.#placesOf(scope);
      const result = scope.analyzer.result(id);
      this.#reports.report(id, {
        uri: places.uriOf(id),
        version: document?.version,
        source: result,
        diagnostics: () => result.findings.map(finding => toDiagnostic(finding, places, this.abilities)),
      });
    });
  }

  #placesOf({ analyzer }: Scope): Places {
    return {
      uriOf: id => this.#documents.get(id)?.uri ?? uriOf(id),
      linesOf: id => analyzer.linesOf(id),
      versionOf: id => this.#documents.get(id)?.version ?? null,
    };
  }

  #scopes(): readonly Scope[] {
    return [...this.#folders, ...this.#loose.values()];
  }

  #ownerOf(id: FileId): Scope | undefined {
    return this.#folders.find(({ root }) => pathWithin(root, id) !== undefined) ?? this.#loose.get(this.#looseKey(id));
  }

  /** A document that lies in no folder shares a scope with those of its directory, if that can be read. */
  #looseKey(id: FileId): FileId {
    return this.canRead(id) ? directoryOf(id) : id;
  }

  #ensureScope(id: FileId): void {
    if (this.#ownerOf(id)) return;
    const kind = this.canRead(id) ? 'neighbourhood' : 'document';
    const scope = new Scope(kind, this.#looseKey(id), this);
    this.#loose.set(scope.root, scope);
  }

  #dropLooseScopes(): void {
    for (const [key, scope] of this.#loose) {
      const needed = [...this.#documents.keys()].some(id => this.#ownerOf(id) === scope);
      if (needed) continue;
      this.#loose.delete(key);
      this.#drop(scope);
    }
  }

  #drop(scope: Scope): void {
    scope.dispose();
    this.#scheduler.forget(scope);
  }

  /** Tells every scope that knows the file, or owns it, that its text changed. */
  #sync(id: FileId): void {
    const owner = this.#ownerOf(id);
    for (const scope of this.#scopes()) if (scope === owner || scope.analyzer.has(id) || scope.isConfig(id)) scope.sync(id);
  }

  #settleSoon(): void {
    this.#cancelSettling?.();
    this.#cancelSettling = this.platform.timers.after(settleDelay, () => {
      for (const scope of this.#scopes()) scope.settle();
    });
  }

  #clearHidden(): void {
    for (const id of this.#reports.files()) if (!this.#ownerOf(id)?.shows(id)) this.#reports.clear(id);
  }

  #logFaults({ analyzer }: Scope): void {
    for (const { rule, file, message } of analyzer.faults()) {
      const fault = `Rule ${rule} failed on ${nameOf(file)}: ${message}. Please report this as a bug of Authlint.`;
      if (this.#knownFaults.has(fault)) continue;
      this.#knownFaults.add(fault);
      this.log(fault);
    }
  }

  /** Nothing that goes wrong with one file may stop the others. */
  #guard(what: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.log(`Internal fault in ${what}: ${describeFault(error)}`);
    }
  }
}

/** A file opened from the root of a disk does not mean that somebody wants the whole disk judged. */
function isWholeDisk(root: FileId): boolean {
  return schemeOf(root) === 'file' && /^(\/[a-z]:)?$/.test(pathOf(root));
}
