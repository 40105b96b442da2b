// All safe fixes of a file as one action. Trying them takes as long as several looks at the file, so that among other actions, of which people
// choose another mostly, the work waits until this one is chosen.
import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import { editsOf } from '../../core/lint/choose-fixes.ts';
import type { Finding } from '../../core/lint/finding.ts';
import { allFixes } from '../all-fixes.ts';
import type { Session, Subject } from '../session.ts';
import { toWorkspaceEdit } from '../to-lsp.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.authlint`;

/** What the action holds until it is chosen. */
interface FixAllData {
  readonly uri: string;
  readonly all: true;
}

/** Among other actions, it comes without its edit where the editor asks again for that. */
export async function fixesTogether(
  session: Session,
  subject: Subject,
  findings: readonly Finding[],
  isAlone: boolean,
): Promise<CodeAction[]> {
  const action = { title: 'Fix all safe Authlint findings in this file', kind: fixAllKind };
  if (!isAlone && session.abilities.resolvesActions) {
    const data: FixAllData = { uri: subject.places.uriOf(subject.id), all: true };
    return findings.some(hasSafeFix) ? [{ ...action, data }] : [];
  }
  const edit = await editOf(session, subject);
  return edit ? [{ ...action, edit }] : [];
}

/** The action with its edit, for the text as it is now; undefined for any other. */
export async function resolveFixesTogether(session: Session, action: CodeAction): Promise<CodeAction | undefined> {
  const { uri, all } = (action.data ?? {}) as Partial<FixAllData>;
  const subject = all && uri !== undefined ? session.subjectOf(uri) : undefined;
  const edit = subject && (await editOf(session, subject));
  return edit && { ...action, edit };
}

/** All safe fixes, and those that become possible by them, as the command line applies them. */
async function editOf(session: Session, subject: Subject): Promise<CodeAction['edit']> {
  const edits = await allFixes(session, subject.scope, [subject.id]);
  return edits && edits.size > 0 ? toWorkspaceEdit([...edits.values()].flat(), subject.places, session.abilities) : undefined;
}

function hasSafeFix({ fixes }: Finding): boolean {
  const fix = fixes.find(({ safety }) => safety === 'safe');
  try {
    return fix !== undefined && editsOf(fix).length > 0;
  } catch {
    // Who asks for that fix by itself hears of it.
    return false;
  }
}
