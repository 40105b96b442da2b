// What a rule says about a text, in the words that all four doors use.
import type { Edit } from '../text/edit.ts';
import type { FileId } from '../text/file-id.ts';
import type { Span } from '../text/span.ts';

/** From worst to mildest; the meaning of each is in `docs/severities.md`. */
export const severities = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof severities)[number];

/**
 * When the real nats-server (or Compose) refuses: `parse` is what `nats-server -t` refuses, warnings included, since they make
 * it exit with 1; `start` passes `-t` and stops the start. Absent: the real system says nothing.
 */
export type Stage = 'parse' | 'start';

/** `<family>/<name>`, for instance `nats/plaintext-password`. */
export type RuleId = string;

export interface Related {
  readonly file: FileId;
  readonly span: Span;
  readonly message: string;
}

/** `safe` keeps every meaning the text had; `unsafe` may change what runs, or needs a value from the person. */
export type Safety = 'safe' | 'unsafe';

export interface Fix {
  readonly title: string;
  readonly safety: Safety;
  /** Computed when asked, so that no edit is stale and no secret travels with a diagnostic. */
  edits(): readonly Edit[];
  /** A command of ours that an editor goes on with, once the change is made: for what only a person can decide. */
  readonly next?: { readonly command: string; readonly arguments: readonly string[] };
}

/**
 * A fix that takes work which the core does not do, being quick and the same for the same text: a shell does it when a person has chosen
 * the fix. It is never among the fixes that are applied in a row.
 */
export interface PreparedFix {
  readonly title: string;
  /** `bcrypt`: a hash of the input. `secret`: a new random one, whatever the input, which only tells whether the text is still the same. */
  readonly work: 'bcrypt' | 'secret';
  /** What the work is done on. A secret: never to be shown, sent or logged. */
  input(): string;
  /** The change, given what came of the work. */
  edits(result: string): readonly Edit[];
}

/** How an editor may show the place beside underlining it: faded out, or struck through. */
export type Tag = 'unnecessary' | 'deprecated';

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly tag?: Tag;
  readonly stage?: Stage;
  readonly file: FileId;
  readonly span: Span;
  readonly message: string;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
  /** Absent where there is none, as nearly everywhere. */
  readonly prepared?: PreparedFix;
}

/** Stable order of output: by file, then place, then rule. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.file, b.file) ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
