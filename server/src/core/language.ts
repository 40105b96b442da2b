// What a file language must offer to take part. Each language folder has an `index.ts` that exports one of these.
import type { Rule } from './lint/rule.ts';
import type { Settings } from './lint/settings.ts';
import type { Edit } from './text/edit.ts';
import type { FileId } from './text/file-id.ts';
import type { Place } from './text/place.ts';
import type { Span } from './text/span.ts';

/** Ids as `design/contract` and the command line's `--language` name them. `authlint-config` is our own configuration, `nats-usage` what programs do. */
export const languageIds = [
  'nats-conf',
  'compose',
  'dotenv',
  'jwt',
  'creds',
  'platform-config',
  'command-line',
  'authlint-config',
  'nats-usage',
] as const;
export type LanguageId = (typeof languageIds)[number];

export interface SourceFile {
  readonly id: FileId;
  readonly text: string;
  /** The same object for all versions of a file while it is edited: what was made of one may be taken over by the next, and then belongs to that. */
  readonly lineage?: object;
}

/** What a shell can know of a file that holds secrets, and the core cannot read from its text. */
export interface FileOnDisk {
  /** Whether users of the machine other than the owner may read it; undefined where the system has no such permissions. */
  readonly isReadableByOthers: boolean | undefined;
  /** `kept`: in a folder under version control that does not ignore it. `ignored`: there, and ignored. `outside`: under no version control. */
  readonly tracking: 'kept' | 'ignored' | 'outside';
}

/** What a model may know beyond its own text. */
export interface BuildContext {
  readonly settings: Settings;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Language that owns the file, for the languages that live inside of it; undefined where nobody does. */
  readonly owner?: LanguageId | undefined;
  /** Undefined where no shell has looked, as in a browser or for standard input. */
  readonly onDisk?: FileOnDisk | undefined;
  /**
   * Models of the files that a file is a part of, by its own language, when something is asked about a place in it: what a part means
   * is decided where it is included. Absent for a file that stands by itself.
   */
  readonly includers?: readonly unknown[] | undefined;
  /**
   * Text of another file. `absent` when it does not exist; `unknown` when nobody has loaded it yet: the wish is noted, the
   * shell loads the file and the analysis runs again, so a model treats `unknown` like a file whose content does not matter.
   */
  read(file: FileId): SourceFile | 'absent' | 'unknown';
}

export interface Hover {
  readonly span: Span;
  /** Markdown. Never a secret. */
  readonly markdown: string;
}

export type CompletionKind = 'option' | 'block' | 'word' | 'value' | 'name' | 'variable' | 'file' | 'keyword' | 'snippet';

/** Something that may be written where the caret stands. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** A few words beside the label. */
  readonly detail: string;
  /** Markdown. Never a secret. */
  readonly documentation?: string | undefined;
  /** What it replaces. */
  readonly span: Span;
  readonly insertText: string;
  /** The same in the snippet syntax of the language server protocol, for editors that have snippets. */
  readonly snippet?: string | undefined;
}

export interface CompletionContext<Model = unknown> extends BuildContext {
  /** Every file that is loaded, for paths. */
  readonly files: readonly FileId[];
  /** Models of other files of the same language, the nearest first: what people write there they may write here. */
  neighbours(): readonly Model[];
}

/** One entry of a file's outline. */
export interface OutlineEntry {
  readonly name: string;
  readonly kind: 'block' | 'list' | 'value' | 'include';
  /** All of it. */
  readonly span: Span;
  /** What names it, within `span`. */
  readonly nameSpan: Span;
  readonly children: readonly OutlineEntry[];
}

/** A part of a text that can be folded away. */
export interface Fold {
  /** From the opening bracket or quote to the closing one, or over all lines of a comment; always over several lines. */
  readonly span: Span;
  readonly kind: 'region' | 'comment';
}

/** Between two characters of a file. */
export interface Spot {
  readonly file: FileId;
  readonly offset: number;
}

/** What stands behind a name that is written in more than one place. */
export type NameKind = 'variable' | 'account' | 'user' | 'service' | 'key';

/** Something that is named in one place and used in others. A place covers the name alone, without quotes or `$`. */
export interface Name {
  readonly kind: NameKind;
  readonly name: string;
  /** Where it gets its meaning, the one that counts first; none where it comes from outside. */
  readonly definitions: readonly Place[];
  readonly references: readonly Place[];
  /** Absent where it cannot be renamed from here: because it comes from outside, or stands for a key. */
  rename?(newName: string): Renaming;
}

/** All edits that give a name, or why that name cannot be given, as a sentence for a person. */
export type Renaming = { readonly edits: readonly Edit[] } | { readonly problem: string };

/** A part of a text that leads to a file or an address. */
export interface Link {
  readonly span: Span;
  readonly target: { readonly file: FileId } | { readonly url: string };
  readonly tooltip: string;
}

/** Types and modifiers of the protocol's own legend, so that every theme knows them. */
export const semanticTokenTypes = [
  'keyword',
  'property',
  'variable',
  'string',
  'number',
  'comment',
  'operator',
  'class',
  'regexp',
] as const;
export const semanticTokenModifiers = ['declaration', 'readonly', 'deprecated', 'defaultLibrary'] as const;

export interface SemanticToken {
  /** Within one line. */
  readonly span: Span;
  readonly type: (typeof semanticTokenTypes)[number];
  readonly modifiers: readonly (typeof semanticTokenModifiers)[number][];
}

/** A few words that the editor shows between the characters of a text. */
export interface Hint {
  readonly offset: number;
  readonly label: string;
  /** Markdown. Never a secret. */
  readonly tooltip?: string | undefined;
  /** When the words are to be looked at again, because time alone changes them: milliseconds since the epoch. */
  readonly until?: number | undefined;
}

/** A line of words above a line of text. */
export interface Lens {
  readonly span: Span;
  readonly title: string;
  /** What a click does, in editors that have our commands; the words stand there without it too. */
  readonly command?: { readonly id: string; readonly arguments: readonly unknown[] } | undefined;
}

export interface Language<Model> {
  readonly id: LanguageId;
  /** Parses and builds in one go. Bad input is data: the model holds the errors, nothing is thrown. */
  build(file: SourceFile, context: BuildContext): Model;
  /** The same in steps, for a language whose files may be so large that somebody would wait. */
  buildInSteps?(file: SourceFile, context: BuildContext): Generator<void, Model>;
  readonly rules: readonly Rule<Model>[];
  /** Files whose findings this file's analysis owns, because they are parts of it (NATS includes). */
  parts?(model: Model): readonly FileId[];
  /** Files that it takes in and that keep findings of their own; it is one of their `includers`. */
  includes?(model: Model): readonly FileId[];
  /** Whether the model holds nothing of this language, so that no rule has anything to say; only embedded languages need it. */
  isEmpty?(model: Model): boolean;
  /** What rules over several files may ask of this one; comparable by value. */
  summarize?(model: Model): unknown;
  hover?(model: Model, offset: number, context: BuildContext): Hover | undefined;
  /** Best first. The text may be half-written. */
  complete?(model: Model, offset: number, context: CompletionContext<Model>): readonly Completion[];
  /** Never a value that may be secret. */
  outline?(model: Model): readonly OutlineEntry[];
  folds?(model: Model): readonly Fold[];
  /** What holds the place, from the innermost to the whole text. */
  selections?(model: Model, offset: number): readonly Span[];
  /** The whole text laid out, each level indented by `indent`; undefined where it cannot be without a change of its meaning. */
  format?(model: Model, indent: string): string | undefined;
  /** Changes that lay out the lines of `span` as `format` would lay out the whole. */
  formatRange?(model: Model, span: Span, indent: string): readonly Edit[];
  /** Names of this file and its parts, for definitions, references, highlights and renaming; with `at`, those that stand there. */
  names?(model: Model, context: BuildContext, at?: Spot): readonly Name[];
  links?(model: Model, context: BuildContext): readonly Link[];
  /** In order; with `within`, those of what touches it. */
  semanticTokens?(model: Model, context: BuildContext, within?: Span): readonly SemanticToken[];
  /** Those within `span`. */
  hints?(model: Model, span: Span, context: BuildContext): readonly Hint[];
  lenses?(model: Model, context: BuildContext): readonly Lens[];
  /** What takes effect once everything that the file refers to is resolved, with the origin of each value, for a person. Never a secret. */
  effective?(model: Model, context: BuildContext): string;
  /** What `authlint inspect --json` prints as `value` (`tokens` for `jwt`). */
  inspect?(model: Model, context: BuildContext): unknown;
}
