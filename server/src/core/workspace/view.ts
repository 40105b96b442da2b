// What rules and features over several files look at: the summaries of all files. Apart from `index.ts`, which imports those rules.
import type { LanguageId } from '../language.ts';
import type { Settings } from '../lint/settings.ts';
import type { FileId } from '../text/file-id.ts';
import type { TokenTaker } from './token-takers.ts';

export interface FileSummary {
  readonly file: FileId;
  readonly language: LanguageId;
  /** What the language's `summarize` returned. */
  readonly summary: unknown;
}

/** All summaries of a workspace; the model of cross-file rules. */
export interface WorkspaceView {
  readonly settings: Settings;
  readonly files: ReadonlyMap<FileId, readonly FileSummary[]>;
  /** Everybody who is shown tokens, where that was read from models that are not here. */
  readonly takers?: readonly TokenTaker[];
}

interface Summarized<Summary> {
  readonly file: FileId;
  readonly summary: Summary;
}

const known = new WeakMap<WorkspaceView, Map<LanguageId, readonly Summarized<unknown>[]>>();

/** Summaries of one language, ordered by file; looked for once, whoever asks. */
export function summariesOf<Summary>(view: WorkspaceView, language: LanguageId): readonly Summarized<Summary>[] {
  const ofView = known.get(view) ?? new Map<LanguageId, readonly Summarized<unknown>[]>();
  known.set(view, ofView);
  const found = ofView.get(language) ?? find(view, language);
  ofView.set(language, found);
  return found as readonly Summarized<Summary>[];
}

function find(view: WorkspaceView, language: LanguageId): readonly Summarized<unknown>[] {
  const found: Summarized<unknown>[] = [];
  for (const summaries of view.files.values()) {
    for (const { file, language: own, summary } of summaries) if (own === language) found.push({ file, summary });
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : 1));
}
