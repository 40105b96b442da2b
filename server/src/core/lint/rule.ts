// The shape of a rule: metadata and a generator over a model. No visitor, no base class, no state.
import type { FileId } from '../text/file-id.ts';
import type { Span } from '../text/span.ts';
import type { Fix, PreparedFix, Related, RuleId, Severity, Stage, Tag } from './finding.ts';
import type { Settings } from './settings.ts';

/** One place a rule complains about. Rule id, severity, stage and file are filled in from the rule and the file at hand. */
export interface Report {
  readonly span: Span;
  /** What is wrong and why it matters in one sentence; a second says what to do. Never a secret. */
  readonly message: string;
  /** Where the finding is in another file than the one judged, for instance an included one. */
  readonly file?: FileId;
  /** Where this case is milder or worse than the rule's own severity. */
  readonly severity?: Severity;
  /** Where this case has another stage than the rule's own; null for a case at which the real system says nothing. */
  readonly stage?: Stage | null;
  readonly related?: readonly Related[];
  readonly fix?: Fix | readonly Fix[];
  readonly prepared?: PreparedFix;
}

export interface RuleContext {
  /** The file that is judged. */
  readonly file: FileId;
  readonly settings: Settings;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Says that the findings change by themselves at this time (milliseconds since the epoch), for instance when a token expires. */
  recheckAt(time: number): void;
}

export interface Rule<Model> {
  readonly id: RuleId;
  readonly severity: Severity;
  readonly stage?: Stage;
  /** For places that could be deleted or replaced without a change of meaning. */
  readonly tag?: Tag;
  /** Version of Authlint that has the rule first. */
  readonly since: string;
  /** Works out, in steps, what `check` would keep somebody waiting for. */
  prepare?(model: Model): Generator<void, unknown>;
  check(model: Model, context: RuleContext): Iterable<Report>;
}

/** Gives a rule its type; the file that calls it is `<family>/rules/<name>.ts`, with its page `<name>.md` beside it. */
export function defineRule<Model>(rule: Rule<Model>): Rule<Model> {
  return rule;
}
