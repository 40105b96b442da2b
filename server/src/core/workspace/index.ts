// Where files meet: the rules and features that look at several of them.
import type { Completion, Hint, Hover, Lens, Name } from '../language.ts';
import type { Rule } from '../lint/rule.ts';
import type { FileId } from '../text/file-id.ts';
import { dotenvCompletions } from './compose-dotenv-completion.ts';
import { dotenvHovers } from './compose-dotenv-hover.ts';
import { composeVariableNames } from './compose-variables.ts';
import { natsConfCompletions } from './nats-conf-completion.ts';
import { rules } from './rules/index.ts';
import type { WorkspaceView } from './view.ts';

export const workspaceRules: readonly Rule<WorkspaceView>[] = rules;

/** What several files together say about one of them, in the words of a `Language`. Each is asked only when all files are loaded. */
export interface WorkspaceFeature {
  names?(view: WorkspaceView): readonly Name[];
  hovers?(view: WorkspaceView, file: FileId, offset: number): readonly Hover[];
  /** Best first; they come before those of the language. */
  completions?(view: WorkspaceView, file: FileId, offset: number): readonly Completion[];
  hints?(view: WorkspaceView, file: FileId): readonly Hint[];
  lenses?(view: WorkspaceView, file: FileId): readonly Lens[];
}

export const workspaceFeatures: readonly WorkspaceFeature[] = [
  { names: composeVariableNames, hovers: dotenvHovers, completions: dotenvCompletions },
  { completions: natsConfCompletions },
];
