// The files of a workspace that one thread judges. Everything that goes in and out is plain data.
import { Analyzer } from '../core/analyzer.ts';
import type { Finding, Fix } from '../core/lint/finding.ts';
import type { Edit } from '../core/text/edit.ts';
import type { FileId } from '../core/text/file-id.ts';
import type { Range } from '../core/text/line-map.ts';
import type { Place } from '../core/text/place.ts';
import { type Outline, outlineOf, rulesOverTied } from '../core/workspace/over-all.ts';
import { type Ties, tiesOf } from '../core/workspace/ties.ts';
import type { FileSource } from '../hosts/file-source.ts';
import { loadFiles, loadWanted } from '../hosts/workspace.ts';
import { buildPart, type ReportPart, rangeKey } from './report.ts';
import { type ReportWords, reportOptions } from './report-options.ts';
import { type SettingsSource, settingsOf } from './settings.ts';

/** What a thread is told before it judges anything. */
export interface ShareRequest extends ReportWords {
  readonly settings: SettingsSource;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A finding with the edits of its fixes worked out. */
export type SentFinding = Omit<Finding, 'fixes' | 'prepared'> & { readonly fixes: readonly SentFix[] };
type SentFix = Omit<Fix, 'edits'> & { readonly edits: readonly Edit[] };

export class Share {
  readonly #request: ShareRequest;
  readonly #source: FileSource;
  readonly #analyzer: Analyzer;
  /** Those that it was given, of all that it has loaded. */
  readonly #given = new Set<FileId>();

  constructor(request: ShareRequest, source: FileSource) {
    this.#request = request;
    this.#source = source;
    this.#analyzer = new Analyzer(() => request.now, settingsOf(request.settings), { crossFileRules: rulesOverTied, hasVersions: false });
  }

  /** Loads files and what they refer to, and judges each by itself. */
  async add(files: readonly FileId[]): Promise<void> {
    await loadFiles(this.#analyzer, this.#source, files);
    for (const file of files) if (this.#analyzer.has(file)) this.#given.add(file);
    await loadWanted(this.#analyzer, this.#source);
  }

  /** Which of its files have to do with one another. */
  ties(): Ties {
    const reads = (file: FileId) => [...(this.#analyzer.analysis(file)?.reads.keys() ?? [])].filter(read => this.#analyzer.has(read));
    return tiesOf(this.#analyzer.workspace(), this.#analyzer.files(), reads);
  }

  /** Gives files away: from now on another thread judges them. */
  leave(files: readonly FileId[]): void {
    for (const file of files) {
      this.#analyzer.forget(file);
      this.#given.delete(file);
    }
  }

  /** What rules over all files look at. */
  outline(): Outline {
    return outlineOf(this.#analyzer.workspace());
  }

  /** Ranges of those of the places that are in its files, by `rangeKey`. */
  ranges(places: readonly Place[]): ReadonlyMap<string, Range> {
    const ranges = new Map<string, Range>();
    for (const place of places) {
      const lines = this.#analyzer.linesOf(place.file);
      if (lines) ranges.set(rangeKey(place), lines.rangeOf(place.span));
    }
    return ranges;
  }

  /** Judges its files together. `found`: by rules over all files; `elsewhere`: ranges of places in files of others. */
  report(found: readonly SentFinding[], elsewhere: ReadonlyMap<string, Range>): ReportPart {
    const own = found.filter(({ file }) => this.#analyzer.has(file));
    this.#analyzer.setFoundElsewhere(
      own.map(finding => ({ ...finding, fixes: finding.fixes.map(fix => ({ ...fix, edits: () => fix.edits })) })),
    );
    return buildPart({ ...reportOptions(this.#request), analyzer: this.#analyzer, shown: this.#given, named: new Set(), elsewhere });
  }
}
