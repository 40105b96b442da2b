// Quick fixes for findings, all safe fixes of a file at once, and comments that allow a finding. Edits are computed here, from the
// analysis as it is now: a diagnostic carries none.
import { type CodeAction, CodeActionKind, type CodeActionParams, CodeActionTriggerKind, type Diagnostic } from 'vscode-languageserver';
import { editsOf, fitEdits } from '../../core/lint/choose-fixes.ts';
import type { Finding } from '../../core/lint/finding.ts';
import { describeFault } from '../../core/lint/run-rules.ts';
import { writeSuppression } from '../../core/lint/write-suppression.ts';
import type { Edit } from '../../core/text/edit.ts';
import type { FileId } from '../../core/text/file-id.ts';
import type { Span } from '../../core/text/span.ts';
import { toSpan } from '../from-lsp.ts';
import type { ServerContext } from '../server.ts';
import type { Session, Subject } from '../session.ts';
import { toDiagnostic, toWorkspaceEdit } from '../to-lsp.ts';
import { fixAllKind, fixesTogether } from './fixes-together.ts';
import { preparedFix } from './prepared-fix.ts';

/** Findings about comments and rule names themselves: a comment that allows them would be one more of the kind. */
const notAllowable = new Set(['workspace/unused-suppression', 'workspace/unknown-rule']);

const hashLanguages: readonly (string | undefined)[] = ['nats-conf', 'compose', 'dotenv', 'authlint-config'];

export async function codeAction({ session }: ServerContext, { textDocument, range, context }: CodeActionParams): Promise<CodeAction[]> {
  const subject = session.subjectOf(textDocument.uri);
  // A large file that was just opened must not keep others waiting.
  await subject?.scope.prepare(subject.id);
  const lines = subject?.places.linesOf(subject.id);
  if (!subject || !lines || !subject.scope.shows(subject.id)) return [];
  const { findings } = subject.scope.analyzer.result(subject.id);
  const actions: CodeAction[] = [];
  if (wants(context.only, CodeActionKind.QuickFix)) {
    const asked = toSpan(range, lines);
    const touched = findings.filter(({ span }) => span.start <= asked.end && asked.start <= span.end);
    for (const finding of touched) actions.push(...quickFixes(session, subject, finding), ...preparedFix(session, subject, finding));
    for (const finding of touched) actions.push(...allowances(session, subject, finding));
    actions.push(...(await explanations(session, subject, asked)));
  }
  // A light bulb that lights up for every fix of the file would say nothing about the place it stands at.
  const isAutomatic = context.only === undefined && context.triggerKind === CodeActionTriggerKind.Automatic;
  if (wants(context.only, fixAllKind) && !isAutomatic)
    actions.push(...(await fixesTogether(session, subject, findings, context.only !== undefined)));
  return actions;
}

/** More than this is no error that somebody selected. */
const longestError = 4000;

/** For a selected error: its explanation, in editors that have the command. */
async function explanations({ settings }: Session, { id, scope }: Subject, { start, end }: Span): Promise<CodeAction[]> {
  if (!settings.commands || start === end || end - start > longestError) return [];
  const text = scope.analyzer.textOf(id)?.slice(start, end) ?? '';
  const { explainError } = await import('../../core/auth-errors/explain-error.ts');
  const [first] = explainError(text);
  if (!first) return [];
  const title = `Explain: ${first.error.title}`;
  return [{ title, kind: CodeActionKind.QuickFix, command: { title, command: 'authlint.explainError', arguments: [text] } }];
}

/** Kinds are hierarchical: who asks for `source` gets `source.fixAll.authlint`. */
function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some(asked => asked === '' || asked === kind || kind.startsWith(`${asked}.`));
}

function quickFixes(session: Session, subject: Subject, finding: Finding): CodeAction[] {
  const diagnostics = [diagnosticOf(session, subject, finding)];
  const preferred = finding.fixes.find(fix => fix.safety === 'safe');
  return finding.fixes.flatMap(fix => {
    const edit = guard(session, finding, () => workspaceEdit(session, subject, editsOf(fix)));
    if (!edit) return [];
    const { title, next } = fix;
    const command = next && session.settings.commands ? { title, command: next.command, arguments: [...next.arguments] } : undefined;
    const extras = { ...(command ? { command } : {}), ...(fix === preferred ? { isPreferred: true } : {}) };
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics, edit, ...extras }];
  });
}

function allowances(session: Session, subject: Subject, finding: Finding): CodeAction[] {
  if (notAllowable.has(finding.rule)) return [];
  const { analyzer } = subject.scope;
  const [text, lines] = [analyzer.textOf(subject.id), analyzer.linesOf(subject.id)];
  if (text === undefined || !lines) return [];
  const hasHashComments = hashLanguages.includes(analyzer.result(subject.id).language);
  const written = guard(session, finding, () => writeSuppression(finding, { text, lines, hasHashComments }));
  const edit = written && workspaceEdit(session, subject, [written.edit]);
  if (!edit) return [];
  const title = `Allow ${finding.rule} ${written.scope === 'line' ? 'on this line' : 'in this file'}`;
  return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnosticOf(session, subject, finding)], edit }];
}

function workspaceEdit(session: Session, { scope, places }: Subject, edits: readonly Edit[]) {
  const files = new Map<FileId, Edit[]>();
  for (const edit of edits) files.set(edit.file, [...(files.get(edit.file) ?? []), edit]);
  const fitted = [...files].flatMap(([file, own]) => fitEdits(scope.analyzer.textOf(file) ?? '', own));
  return fitted.length > 0 ? toWorkspaceEdit(fitted, places, session.abilities) : undefined;
}

function diagnosticOf(session: Session, { places }: Subject, finding: Finding): Diagnostic {
  return toDiagnostic(finding, places, session.abilities);
}

function guard<Result>(session: Session, finding: Finding, run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    logFailure(session, finding, error);
    return undefined;
  }
}

function logFailure(session: Session, finding: Finding, error: unknown): void {
  session.log(`A fix of rule ${finding.rule} failed: ${describeFault(error)}`);
}
