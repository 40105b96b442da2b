// One workspace folder, or the surroundings of one document that lies in none: an Analyzer that is kept true while texts in the
// editor and on the disk change. All loading goes through one routine that runs at most once at a time and in slices.
import { Analyzer } from '../core/analyzer.ts';
import { detectLanguage } from '../core/detect.ts';
import type { LanguageId } from '../core/language.ts';
import { describeFault } from '../core/lint/run-rules.ts';
import { defaultSettings, type ServerVersion, type Settings } from '../core/lint/settings.ts';
import { directoryOf, type FileId, joinPath, nameOf, pathWithin } from '../core/text/file-id.ts';
import { type FileSource, isWalked, mayHoldText } from '../hosts/file-source.ts';
import { schemeOf } from '../hosts/file-uri.ts';
import { configName, findConfig, listFiles, lookOnDisk, meaningOf, settingsFrom } from '../hosts/workspace.ts';
import type { Platform } from './platform.ts';
import { inSlices, type Steps, sleep, TimeSlice } from './time-slice.ts';

/**
 * `folder`: everything below the root is judged. `neighbourhood`: open documents of one directory, with the files they refer to.
 * `document`: a document without a place on a disk (untitled, or of a scheme that cannot be read); nothing is ever loaded for it.
 */
export type ScopeKind = 'folder' | 'neighbourhood' | 'document';

export interface ScopeHost {
  readonly platform: Platform;
  readonly files: FileSource;
  readonly natsServer: ServerVersion | undefined;
  /** What the editor holds; it goes before the disk. */
  openText(id: FileId): { readonly text: string; readonly language: LanguageId | undefined } | undefined;
  openFiles(): Iterable<FileId>;
  /** Whether the file is shown by this scope and no other. */
  owns(scope: Scope, id: FileId): boolean;
  /** Whether files like this one can be read. */
  canRead(id: FileId): boolean;
  /** Everything is loaded and analyzed; findings of any file of the scope may have changed. */
  settled(scope: Scope): void;
  log(message: string): void;
}

/** Files above which a folder is too much to hold: then only names that promise something of ours are loaded. */
const mostFiles = 20_000;
/** Characters above which a text takes so long that it is analyzed in slices. */
const longText = 200_000;
/** Files that are read at the same time. */
const readAtOnce = 32;
/** Milliseconds between two walks through a folder; a build may create thousands of files. */
const restBetweenLists = 300;
/** Milliseconds that open documents wait for the whole folder, before they are judged without it. */
const patience = 400;

export class Scope {
  readonly kind: ScopeKind;
  /** Folder, directory, or the document itself. */
  readonly root: FileId;
  readonly analyzer: Analyzer;
  readonly #host: ScopeHost;
  #listed = new Set<FileId>();
  #lastList: number | undefined;
  /** Meaning of the configuration in force. */
  #meaning: { readonly file: FileId | undefined; readonly all: string; readonly exclude: string } | undefined;
  #stale = { settings: true, list: true };
  #settling: Promise<void> | undefined;
  #again = false;
  #patientUntil = 0;
  #disposed = false;
  /** The latest read of a file; an older one that ends later is dropped. */
  readonly #reading = new Map<FileId, object>();

  constructor(kind: ScopeKind, root: FileId, host: ScopeHost) {
    this.kind = kind;
    this.root = root;
    this.#host = host;
    this.analyzer = new Analyzer(host.platform.clock, defaultSettings);
    this.analyzer.setComplete(false);
  }

  /** Whether the file is, or could become, the configuration of this scope: one in its root or above it. */
  isConfig(id: FileId): boolean {
    if (nameOf(id) !== configName || this.kind === 'document') return false;
    const folder = directoryOf(id);
    return folder === this.root || pathWithin(folder, this.root) !== undefined;
  }

  /** Whether diagnostics of the file are published. What `.gitignore` excludes is shown while it is open. */
  shows(id: FileId): boolean {
    if (!this.#host.owns(this, id) || this.analyzer.settings.isExcluded(id)) return false;
    return this.#listed.has(id) || this.#host.openText(id) !== undefined;
  }

  shownFiles(): readonly FileId[] {
    return this.analyzer.files().filter(id => this.shows(id));
  }

  /**
   * Takes over what is now true about a file: the editor's text, else the disk's, else that nothing is known. Says whether that can
   * matter to anybody; the caller then asks for `settle()`.
   */
  sync(id: FileId): boolean {
    this.#reading.delete(id);
    if (this.isConfig(id)) this.#stale.settings = true;
    const open = this.#host.openText(id);
    if (open && this.shows(id)) {
      this.analyzer.setFile({ id, text: open.text }, languageOf(id, open));
      void this.#lookOnDisk(id).then(isNews => isNews && this.settle());
    } else if (this.#listed.has(id)) void this.#read(id).then(() => this.settle());
    else return this.analyzer.forget(id) || this.#stale.settings;
    return true;
  }

  /** The disk says that a file is new or has another text. */
  changedOnDisk(id: FileId, created: boolean): void {
    if (nameOf(id) === '.gitignore' || (created && this.#mayBeListed(id))) this.#stale.list = true;
    // While a file is open, the editor's text counts and not the disk's.
    const matters = !this.#host.openText(id) && this.sync(id);
    if (matters || this.#stale.list) this.settle();
  }

  /** The disk says that a file, or a folder with all that was in it, is gone. */
  deletedOnDisk(id: FileId): void {
    if (nameOf(id) === '.gitignore') this.#stale.list = true;
    const isFile = this.#listed.has(id) || this.analyzer.has(id);
    const gone = isFile
      ? [id]
      : [...new Set([...this.#listed, ...this.analyzer.files()])].filter(file => pathWithin(id, file) !== undefined);
    for (const file of gone) this.#listed.delete(file);
    for (const file of gone) this.sync(file);
    if (this.isConfig(id)) this.#stale.settings = true;
    if (gone.length > 0 || this.#stale.list || this.#stale.settings) this.settle();
  }

  /** Reads the configuration again, for instance because the editor overrides something else. */
  reconfigure(): void {
    this.#meaning = undefined;
    this.#stale.settings = true;
    this.settle();
  }

  /** Looks again which files there are, for instance because another folder took some of them over. */
  relist(): void {
    this.#stale.list = true;
    this.settle();
  }

  /** Sees to it that everything is loaded and analyzed; the host hears when it is. */
  settle(): void {
    if (this.#disposed) return;
    this.#again = true;
    if (this.#settling) return;
    this.#patientUntil = this.#host.platform.clock() + patience;
    this.#settling = this.#run().finally(() => {
      this.#settling = undefined;
    });
  }

  /**
   * Loads what one file needs to be judged. Undefined when nothing is missing, which is nearly always the case while typing.
   * While the whole folder is still being loaded, this waits for it a little, since its files may explain each other.
   */
  prepare(id: FileId): Promise<void> | undefined {
    return inSlices(this.#preparation(id), this.#host.platform);
  }

  /** Resolves when everything is loaded and analyzed, which is now unless something has just changed. */
  async loaded(): Promise<void> {
    await this.#settling;
  }

  dispose(): void {
    this.#disposed = true;
  }

  /** Ends early when the text changes meanwhile: whoever changed it has asked for another preparation. */
  *#preparation(id: FileId): Steps {
    const { platform } = this.#host;
    const text = this.analyzer.textOf(id);
    const isWanted = () => !this.#disposed && this.analyzer.textOf(id) === text;
    yield* this.#analysis(id);
    const rest = this.#patientUntil - platform.clock();
    if (this.#settling && rest > 0) yield Promise.race([this.#settling, sleep(platform, rest)]);
    // Each file is asked for once: then it is known or absent. The bound only guards against an endless chain of new wishes.
    for (let i = 0; i < 100 && isWanted(); i++) {
      yield* this.#analysis(id);
      const missing = isWanted() ? this.#missing(id) : [];
      if (missing.length === 0) break;
      let isLate = false;
      const late = sleep(platform, patience).then(() => {
        isLate = true;
      });
      yield Promise.race([Promise.all(missing.map(file => this.#read(file))), late]);
      if (isLate) break;
    }
    for (const step of this.#judging()) {
      if (!isWanted()) return;
      yield step;
    }
  }

  /** Analyzes a file, a long one in steps: whoever asks about others meanwhile is answered without it. Ends early when its text changes. */
  *#analysis(id: FileId): Steps {
    const text = this.analyzer.textOf(id);
    if (text === undefined || text.length <= longText) return this.analyzer.analysis(id);
    while (this.analyzer.textOf(id) === text && !this.analyzer.isAnalyzed(id) && !this.#disposed) yield* this.analyzer.analysisSteps(id);
  }

  /** Judges all files together. */
  *#judging(): Steps {
    while (!this.analyzer.isJudged() && !this.#disposed) {
      for (const id of this.analyzer.unanalyzed()) {
        yield* this.#analysis(id);
        yield;
      }
      yield* this.analyzer.judgingSteps();
    }
  }

  #missing(id: FileId): FileId[] {
    const reads = this.analyzer.analysis(id)?.reads ?? [];
    return [...reads].filter(([file, known]) => known === 'unknown' && this.#reaches(file)).map(([file]) => file);
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#disposed) {
      this.#again = false;
      try {
        await this.#loadOnce();
        if (this.#again || this.#disposed) continue;
        this.analyzer.setComplete(true);
        await inSlices(this.#judging(), this.#host.platform);
      } catch (error) {
        this.#host.log(`Loading ${nameOf(this.root)} failed: ${describeFault(error)}`);
      }
    }
    if (this.#disposed) return;
    this.analyzer.setComplete(true);
    this.#host.settled(this);
  }

  /** One round; asks for another where what it loaded may refer to more. */
  async #loadOnce(): Promise<void> {
    if (this.#stale.settings) await this.#configure();
    if (this.#stale.list) await this.#list();
    // Questions about the whole are cheap afterwards.
    await this.#analyze(this.analyzer.unanalyzed());
    const wanted = this.analyzer.wanted().filter(file => this.#reaches(file));
    if (wanted.length === 0) return this.#forgetUnread();
    await this.#readAll(wanted);
    this.#again = true;
  }

  async #configure(): Promise<void> {
    this.#stale.settings = false;
    const config = this.kind === 'document' ? undefined : await findConfig(id => this.#textOf(id), this.root);
    if (this.#disposed) return;
    const before = this.#meaning;
    this.#meaning = { ...meaningOf(config?.text), file: config?.file };
    if (before?.file === config?.file && before?.all === this.#meaning.all) return;
    this.analyzer.configure(this.#settingsFrom(config));
    if (before?.file === config?.file && before?.exclude === this.#meaning.exclude) return;
    this.#stale.list = true;
    this.#lastList = undefined;
  }

  #settingsFrom(config: { readonly file: FileId; readonly text: string } | undefined): Settings {
    const { root, ...settings } = settingsFrom(config?.file ?? joinPath(this.root, configName), config?.text, this.#host.natsServer);
    // Nobody opened the directory of a lone document as a folder: its whole path may say that it is for production.
    return root !== undefined && (this.kind === 'folder' || config) ? { ...settings, root } : settings;
  }

  async #list(): Promise<void> {
    const { platform } = this.#host;
    const rest = this.#lastList === undefined ? 0 : this.#lastList + restBetweenLists - platform.clock();
    if (rest > 0) await sleep(platform, rest);
    this.#stale.list = false;
    if (this.kind === 'folder') {
      const found = await listFiles(this.#host.files, this.root, this.analyzer.settings);
      if (this.#disposed) return;
      const before = this.#listed;
      this.#listed = new Set(this.#bearable(found.filter(id => this.#host.owns(this, id))));
      for (const id of before) if (!this.#listed.has(id)) this.sync(id);
      await this.#readAll(this.#nearestFirst([...this.#listed].filter(id => !before.has(id) && !this.#host.openText(id))));
    }
    for (const id of this.#host.openFiles()) if (this.#host.owns(this, id)) this.sync(id);
    this.#lastList = platform.clock();
  }

  #bearable(files: readonly FileId[]): readonly FileId[] {
    if (files.length <= mostFiles) return files;
    this.#host.log(`${nameOf(this.root)} has ${files.length} files: only configurations are judged unless they are open.`);
    return files.filter(id => detectLanguage({ id, text: '' }) !== undefined || /\.(conf|creds|nk)$/i.test(id));
  }

  /** Files beside open documents first, since they explain what a person looks at. */
  #nearestFirst(files: readonly FileId[]): readonly FileId[] {
    const looked = new Set([...this.#host.openFiles()].map(directoryOf));
    return [...files.filter(id => looked.has(directoryOf(id))), ...files.filter(id => !looked.has(directoryOf(id)))];
  }

  async #readAll(files: readonly FileId[]): Promise<void> {
    const slice = new TimeSlice(this.#host.platform);
    for (let i = 0; i < files.length && !this.#disposed; i += readAtOnce) {
      const batch = files.slice(i, i + readAtOnce);
      await Promise.all(batch.map(id => this.#read(id)));
      await this.#analyze(batch, slice);
    }
  }

  async #read(id: FileId): Promise<void> {
    const ticket = {};
    this.#reading.set(id, ticket);
    const text = await this.#textOf(id);
    if (this.#disposed || this.#reading.get(id) !== ticket) return;
    this.#reading.delete(id);
    if (text !== undefined) {
      this.analyzer.setFile({ id, text });
      await this.#lookOnDisk(id);
    } else if (this.analyzer.has(id)) this.analyzer.removeFile(id);
    else this.analyzer.setAbsent(id);
  }

  async #lookOnDisk(id: FileId): Promise<boolean> {
    if (!this.#reaches(id)) return false;
    return lookOnDisk(this.analyzer, this.#host.files, id).catch(() => false);
  }

  /** Text in the editor, else on the disk. A disk that breaks has no files. */
  async #textOf(id: FileId): Promise<string | undefined> {
    return this.#host.openText(id)?.text ?? this.#host.files.read(id).catch(() => undefined);
  }

  /** Analyzes files in slices; nobody waits for those that are left. */
  async #analyze(files: readonly FileId[], slice = new TimeSlice(this.#host.platform)): Promise<void> {
    for (const id of files) {
      for (const _ of this.#analysis(id)) if (slice.isOver()) await this.#rest(slice);
      if (slice.isOver()) await this.#rest(slice);
      if (this.#disposed) return;
    }
  }

  async #rest(slice: TimeSlice): Promise<void> {
    this.analyzer.setComplete(false);
    await slice.next();
  }

  /** Files that were loaded because somebody referred to them, and to which nobody refers any more. */
  #forgetUnread(): void {
    const files = this.analyzer.files();
    const needed = new Set(files.filter(id => this.#listed.has(id) || this.shows(id)));
    if (needed.size === files.length) return;
    for (const id of needed) {
      for (const read of this.analyzer.analysis(id)?.reads.keys() ?? []) if (this.analyzer.has(read)) needed.add(read);
    }
    for (const id of files) if (!needed.has(id)) this.analyzer.forget(id);
  }

  /** A file of another scheme, or one wished for by a document without a place, stays unknown: its content must not matter. */
  #reaches(id: FileId): boolean {
    return this.kind !== 'document' && schemeOf(id) === schemeOf(this.root) && this.#host.canRead(id);
  }

  #mayBeListed(id: FileId): boolean {
    const path = this.kind === 'folder' ? pathWithin(this.root, id) : undefined;
    if (path === undefined || this.#listed.has(id)) return false;
    return path.split('/').slice(0, -1).every(isWalked) && mayHoldText(nameOf(id));
  }
}

/** The editor's language id counts only where neither name nor content says anything. */
function languageOf(id: FileId, { text, language }: { text: string; language: LanguageId | undefined }): LanguageId | undefined {
  return language && detectLanguage({ id, text }) === undefined ? language : undefined;
}
