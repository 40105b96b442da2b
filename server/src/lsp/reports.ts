// What the editor was told last about each file, so that it is told again only what changed.
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';
import type { FileId } from '../core/text/file-id.ts';

interface Report {
  readonly uri: string;
  readonly version: number | undefined;
  /** The diagnostics, written out for comparison. */
  readonly content: string;
}

const nothing = '[]';

export class Reports {
  readonly #send: (params: PublishDiagnosticsParams) => void;
  readonly #last = new Map<FileId, Report>();

  constructor(send: (params: PublishDiagnosticsParams) => void) {
    this.#send = send;
  }

  /** Files about which something was said that is not taken back. */
  files(): readonly FileId[] {
    return [...this.#last.keys()];
  }

  /** Sends the diagnostics, unless the editor knows them; a new version of an open document is always answered. */
  report(id: FileId, uri: string, version: number | undefined, diagnostics: readonly Diagnostic[]): void {
    const last = this.#last.get(id);
    const content = diagnostics.length === 0 ? nothing : JSON.stringify(diagnostics);
    if (content === (last?.content ?? nothing) && (version === undefined || version === last?.version)) return;
    // An editor may spell the URI of its document otherwise than we do; what stands under the old spelling must go.
    if (last && last.uri !== uri) this.clear(id);
    if (version === undefined && content === nothing) this.#last.delete(id);
    else this.#last.set(id, { uri, version, content });
    this.#send({ uri, ...(version === undefined ? {} : { version }), diagnostics: [...diagnostics] });
  }

  /** Takes back what was said about a file. */
  clear(id: FileId): void {
    const last = this.#last.get(id);
    if (!last) return;
    this.#last.delete(id);
    if (last.content !== nothing) this.#send({ uri: last.uri, diagnostics: [] });
  }
}
