// Everything a check has to say, as plain data with paths and positions: what `--format json` prints and all renderers read.
import type { Analyzer } from '../core/analyzer.ts';
import { pageUrl } from '../core/facts/product.ts';
import { ruleFacts } from '../core/facts/rules.ts';
import type { LanguageId } from '../core/language.ts';
import { editsOf } from '../core/lint/choose-fixes.ts';
import type { Finding, Fix, Safety, Severity, Stage } from '../core/lint/finding.ts';
import { describeFault, type Fault } from '../core/lint/run-rules.ts';
import type { Edit } from '../core/text/edit.ts';
import type { FileId } from '../core/text/file-id.ts';
import { LineMap, type Range } from '../core/text/line-map.ts';
import type { Place } from '../core/text/place.ts';
import type { Span } from '../core/text/span.ts';
import type { FramedPlace } from './code-frame.ts';
import type { DisplayPath } from './display-path.ts';
import { pointedSecrets, secretsOf, shortestSecret } from './redact.ts';
import { holdsSecret, SecretTexts } from './secret-texts.ts';

export interface ReportedFile {
  readonly path: string;
  readonly language: LanguageId | null;
  readonly rejected: Stage | null;
}

export interface ReportedEdit {
  readonly path: string;
  readonly range: Range;
  readonly newText: string;
}

export interface ReportedFix {
  readonly title: string;
  readonly safety: Safety;
  /** Empty where the edits would repeat a secret: `authlint check --fix` and the editor still apply them. */
  readonly edits: readonly ReportedEdit[];
}

export interface ReportedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly stage?: Stage;
  readonly path: string;
  readonly range: Range;
  readonly message: string;
  readonly page: string;
  readonly related: readonly { readonly path: string; readonly range: Range; readonly message: string }[];
  readonly fixes: readonly ReportedFix[];
}

export interface ReportedFault {
  readonly rule: string;
  readonly path: string;
  readonly message: string;
}

export interface Report {
  readonly version: 1;
  readonly files: readonly ReportedFile[];
  readonly findings: readonly ReportedFinding[];
  readonly faults: readonly ReportedFault[];
}

/** A finding with the place it is about, for renderers that show the text. */
export interface Located {
  readonly reported: ReportedFinding;
  /** Empty where no frames are wanted, or the file is not loaded. */
  readonly frame: string;
}

/** What is said of some of the files, in no order. Plain data. */
export interface ReportPart {
  readonly files: readonly ReportedFile[];
  readonly located: readonly Located[];
  readonly faults: readonly ReportedFault[];
}

export interface ReportRequest {
  readonly analyzer: Analyzer;
  /** Files to speak about. */
  readonly shown: Iterable<FileId>;
  /** Files that are listed even where nothing of ours is in them. */
  readonly named: ReadonlySet<FileId>;
  readonly display: DisplayPath;
  /** Which findings are wanted. */
  readonly wants: (finding: Finding) => boolean;
  /** Faults beside the analyzer's own. */
  readonly faults?: readonly Fault[];
  /** Whether the renderer prints edits; computing them costs time. */
  readonly withEdits: boolean;
  /** Draws frames, where the renderer prints them. */
  readonly frame: ((place: FramedPlace, severity: Severity) => string) | undefined;
  /** Ranges of places in files that the analyzer does not have, by `rangeKey`. */
  readonly elsewhere?: ReadonlyMap<string, Range>;
}

export function rangeKey({ file, span }: Place): string {
  return `${file} ${span.start} ${span.end}`;
}

export function buildPart(request: ReportRequest): ReportPart {
  const { analyzer, display } = request;
  const files: ReportedFile[] = [];
  const located: Located[] = [];
  const faults: ReportedFault[] = [];
  for (const id of new Set(request.shown)) {
    const { findings, language, rejected } = analyzer.result(id);
    if (language || request.named.has(id) || findings.length > 0) files.push({ path: display(id), language: language ?? null, rejected });
    if (findings.length === 0) continue;
    const text = analyzer.textOf(id) ?? '';
    const pointed = pointedSecrets(text, findings);
    let known: SecretTexts | undefined;
    const secrets = () => {
      known ??= new SecretTexts(text, [...secretsOf(text), ...pointed]);
      return known;
    };
    // Hundreds of findings may share a fix that changes all of their places.
    const edits = new Map<Fix, readonly ReportedEdit[]>();
    const editsFor = (fix: Fix, finding: Finding) => {
      const known = edits.get(fix) ?? toReportedEdits(fix, finding, secrets, request, faults);
      edits.set(fix, known);
      return known;
    };
    for (const finding of findings) {
      if (!request.wants(finding)) continue;
      located.push({ reported: toReported(finding, editsFor, request), frame: frameOf(finding, pointed, request) });
    }
  }
  for (const { rule, file, message } of [...analyzer.faults(), ...(request.faults ?? [])])
    faults.push(toReportedFault(rule, file, message, display));
  return { files, located, faults };
}

export function toReportedFault(rule: string, file: FileId, message: string, display: DisplayPath): ReportedFault {
  return { rule, path: file === '' ? '.' : display(file), message };
}

/** Puts parts together in the order of the output. A rule that broke in several of them broke once. */
export function joinParts(parts: readonly ReportPart[]): { report: Report; located: readonly Located[] } {
  const files = parts.flatMap(part => part.files).sort((a, b) => compareText(a.path, b.path));
  const located = parts.flatMap(part => part.located).sort((a, b) => compareReported(a.reported, b.reported));
  const broken = new Map(parts.flatMap(part => part.faults).map(fault => [`${fault.path}\n${fault.rule}\n${fault.message}`, fault]));
  const faults = [...broken.values()].sort((a, b) => compareText(a.path, b.path) || compareText(a.rule, b.rule));
  return { report: { version: 1, files, findings: located.map(({ reported }) => reported), faults }, located };
}

function frameOf({ file, span, severity }: Finding, secrets: readonly Span[], { analyzer, frame }: ReportRequest): string {
  const text = analyzer.textOf(file);
  const lines = analyzer.linesOf(file);
  return frame && text !== undefined && lines ? frame({ text, lines, span, secrets }, severity) : '';
}

/** 0-based range of a span; the start of the file where the file is not loaded or does not exist yet. */
function rangeIn({ analyzer, elsewhere }: ReportRequest, file: FileId, span: Span): Range {
  return analyzer.linesOf(file)?.rangeOf(span) ?? elsewhere?.get(rangeKey({ file, span })) ?? new LineMap('').rangeOf(span);
}

function toReported(
  finding: Finding,
  editsFor: (fix: Fix, finding: Finding) => readonly ReportedEdit[],
  request: ReportRequest,
): ReportedFinding {
  const { display, withEdits } = request;
  const fact = ruleFacts.get(finding.rule);
  return {
    rule: finding.rule,
    severity: finding.severity,
    ...(finding.stage ? { stage: finding.stage } : {}),
    path: display(finding.file),
    range: rangeIn(request, finding.file, finding.span),
    message: finding.message,
    page: fact ? pageUrl(fact.page) : '',
    related: finding.related.map(({ file, span, message }) => ({ path: display(file), range: rangeIn(request, file, span), message })),
    fixes: finding.fixes.map(fix => ({
      title: fix.title,
      safety: fix.safety,
      edits: withEdits ? editsFor(fix, finding) : [],
    })),
  };
}

function toReportedEdits(
  fix: Fix,
  finding: Finding,
  secretsOfFile: () => SecretTexts,
  request: ReportRequest,
  faults: ReportedFault[],
): ReportedEdit[] {
  const { analyzer, display } = request;
  let edits: readonly Edit[];
  try {
    edits = editsOf(fix);
  } catch (error) {
    faults.push({ rule: finding.rule, path: display(finding.file), message: `a fix broke: ${describeFault(error)}` });
    return [];
  }
  const toEdit = ({ file, span, newText }: Edit) => ({ path: display(file), range: rangeIn(request, file, span), newText });
  // What a fix inserts is mostly a word or two that cannot be secret.
  if (edits.every(edit => edit.newText.length < shortestSecret)) return edits.map(toEdit);
  const secrets = secretsOfFile();
  const small = edits.flatMap(edit => (holdsSecret(edit.newText, secrets) ? withoutKeptText(edit, analyzer) : [edit]));
  if (small.some(edit => holdsSecret(edit.newText, secrets))) return [];
  return small.map(toEdit);
}

/** Replacing a word by the same word in quotes says the word again; inserting two quotes does not. */
function withoutKeptText(edit: Edit, analyzer: Analyzer): readonly Edit[] {
  const { start, end } = edit.span;
  const old = (analyzer.textOf(edit.file) ?? '').slice(start, end);
  const at = old === '' ? -1 : edit.newText.indexOf(old);
  if (at < 0) return [edit];
  const insert = (offset: number, newText: string): Edit[] =>
    newText === '' ? [] : [{ file: edit.file, span: { start: offset, end: offset }, newText }];
  return [...insert(start, edit.newText.slice(0, at)), ...insert(end, edit.newText.slice(at + old.length))];
}

/** By path, then range, then rule. */
function compareReported(a: ReportedFinding, b: ReportedFinding): number {
  return (
    compareText(a.path, b.path) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    a.range.end.line - b.range.end.line ||
    a.range.end.character - b.range.end.character ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
