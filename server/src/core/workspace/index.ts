// Where files meet: the summaries of all files, and the rules that look at several of them.
import type { Hint, Hover, LanguageId, Lens, Name } from '../language.ts';
import type { Rule } from '../lint/rule.ts';
import type { Settings } from '../lint/settings.ts';
import type { FileId } from '../text/file-id.ts';
import { rules } from './rules/index.ts';

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
}

export const workspaceRules: readonly Rule<WorkspaceView>[] = rules;

/** What several files together say about one of them, in the words of a `Language`. Each is asked only when all files are loaded. */
export interface WorkspaceFeature {
  names?(view: WorkspaceView): readonly Name[];
  hovers?(view: WorkspaceView, file: FileId, offset: number): readonly Hover[];
  hints?(view: WorkspaceView, file: FileId): readonly Hint[];
  lenses?(view: WorkspaceView, file: FileId): readonly Lens[];
}

export const workspaceFeatures: readonly WorkspaceFeature[] = [];

/** Summaries of one language, ordered by file. */
export function summariesOf<Summary>(view: WorkspaceView, language: LanguageId): readonly { file: FileId; summary: Summary }[] {
  const found: { file: FileId; summary: Summary }[] = [];
  for (const summaries of view.files.values()) {
    for (const { file, language: own, summary } of summaries) if (own === language) found.push({ file, summary: summary as Summary });
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : 1));
}
