// What the editor was told last about each file, so that it is told again only what changed.
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';
import type { FileId } from '../core/text/file-id.ts';

export interface Report {
  readonly uri: string;
  /** Of an open document. */
  readonly version: number | undefined;
  /** What the diagnostics were made from: the same object again means the same diagnostics. */
  readonly source: object;
  /** Thousands of diagnostics take a while to make, so they are made when they are needed. */
  diagnostics(): readonly Diagnostic[];
}

interface SentReport extends Report {
  readonly sent: readonly Diagnostic[];
}

export class Reports {
  readonly #send: (params: PublishDiagnosticsParams) => void;
  readonly #last = new Map<FileId, SentReport>();

  constructor(send: (params: PublishDiagnosticsParams) => void) {
    this.#send = send;
  }

  /** Files about which something was said that is not taken back. */
  files(): readonly FileId[] {
    return [...this.#last.keys()];
  }

  /** Sends the diagnostics, unless the editor knows them; a new version of an open document is always answered. */
  report(id: FileId, report: Report): void {
    let last = this.#last.get(id);
    const isAnswered = report.version === undefined || report.version === last?.version;
    if (isAnswered && report.uri === last?.uri && report.source === last.source) return;
    const sent = report.diagnostics();
    if (last && last.uri !== report.uri) {
      // An editor may spell the URI of its document otherwise than we do; what stands under the old spelling must go.
      this.clear(id);
      last = undefined;
    }
    if (report.version === undefined && sent.length === 0) this.#last.delete(id);
    else this.#last.set(id, { ...report, sent });
    if (isAnswered && areSame(last?.sent ?? [], sent)) return;
    this.#send({ uri: report.uri, ...(report.version === undefined ? {} : { version: report.version }), diagnostics: [...sent] });
  }

  /** Takes back what was said about a file. */
  clear(id: FileId): void {
    const last = this.#last.get(id);
    if (!last) return;
    this.#last.delete(id);
    if (last.sent.length > 0) this.#send({ uri: last.uri, diagnostics: [] });
  }
}

function areSame(a: readonly Diagnostic[], b: readonly Diagnostic[]): boolean {
  return a.length === b.length && a.every((diagnostic, i) => isSame(diagnostic, b[i] as Diagnostic));
}

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return (
    a.code === b.code &&
    a.message === b.message &&
    a.severity === b.severity &&
    isSameJson(a.range, b.range) &&
    isSameJson(a.relatedInformation, b.relatedInformation)
  );
}

function isSameJson(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
