// Fixes that take slow work, offered without their edit. The work is done when somebody has chosen one.
import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import type { Finding, PreparedFix } from '../../core/lint/finding.ts';
import type { ServerContext } from '../server.ts';
import type { Session, Subject } from '../session.ts';
import { toDiagnostic, toWorkspaceEdit } from '../to-lsp.ts';
import { resolveFixesTogether } from './fixes-together.ts';

/** Where an action stands, so that it is found again when it is chosen. Holds nothing of the text. */
interface ActionData {
  readonly uri: string;
  readonly rule: string;
  /** UTF-16 offset of the finding. */
  readonly start: number;
}

/** The action for a finding's prepared fix, in editors that ask again for the edit of the one that was chosen. */
export function preparedFix({ abilities }: Session, { id, places }: Subject, finding: Finding): CodeAction[] {
  const { prepared, rule, span } = finding;
  if (!prepared || !abilities.resolvesActions || finding.file !== id) return [];
  const data: ActionData = { uri: places.uriOf(id), rule, start: span.start };
  return [{ title: prepared.title, kind: CodeActionKind.QuickFix, diagnostics: [toDiagnostic(finding, places, abilities)], data }];
}

/** Does the work of the action that was chosen. Gives it back without an edit where the text has changed since. */
export async function resolveCodeAction({ session }: ServerContext, action: CodeAction): Promise<CodeAction> {
  const together = await resolveFixesTogether(session, action);
  if (together) return together;
  const before = find(session, action);
  const input = before?.prepared.input();
  if (!before || input === undefined) return action;
  const result = await works[before.prepared.work](input);
  const found = find(session, action);
  // Whoever has typed on meanwhile must not get the hash of what stood there before.
  if (!found || found.prepared.input() !== input) return action;
  const edit = toWorkspaceEdit(found.prepared.edits(result), found.subject.places, session.abilities);
  return edit ? { ...action, edit } : action;
}

function find(session: Session, { data, title }: CodeAction): { subject: Subject; prepared: PreparedFix } | undefined {
  const { uri, rule, start } = (data ?? {}) as Partial<ActionData>;
  const subject = uri === undefined ? undefined : session.subjectOf(uri);
  const findings = subject?.scope.analyzer.result(subject.id).findings ?? [];
  const prepared = findings.find(one => one.rule === rule && one.span.start === start && one.prepared?.title === title)?.prepared;
  return subject && prepared ? { subject, prepared } : undefined;
}

/** Loaded when it is needed, which is seldom. */
const works: Readonly<Record<PreparedFix['work'], (input: string) => Promise<string>>> = {
  bcrypt: async input => (await import('../../checks/hash-password.ts')).hashPassword(input),
  secret: async () => (await import('../../checks/generate-secret.ts')).generateSecret(),
};
