// What stands under the mouse: a decoded token, an option's meaning, an error in a log.
import type { Hover, HoverParams } from 'vscode-languageserver';
import { isLog } from '../../core/jwt/file-kind.ts';
import type { Hover as OurHover } from '../../core/language.ts';
import { acceptance } from '../acceptance.ts';
import type { ServerContext } from '../server.ts';
import type { Subject } from '../session.ts';
import { toHover } from '../to-lsp.ts';
import { tokenAt } from './token-at.ts';

/** Characters of a line that are looked at. */
const longestLine = 4000;

export async function hover({ session, platform }: ServerContext, { textDocument, position }: HoverParams): Promise<Hover | null> {
  const subject = session.subjectOf(textDocument.uri);
  const lines = subject?.places.linesOf(subject.id);
  if (!subject || !lines) return null;
  const offset = lines.offsetAt(position);
  const hovers = subject.scope.analyzer.hovers(subject.id, offset);
  const all = hovers.length === 0 && isLog(subject.id) ? await explanationsAt(subject, position.line) : hovers;
  const token = hovers.length > 0 ? tokenAt({ session }, { uri: textDocument.uri, offset }) : null;
  const accepted = token === null ? undefined : await acceptance(session, platform, token, textDocument.uri);
  const [first] = all;
  const told = accepted && first ? [...all, { span: first.span, markdown: accepted }] : all;
  return toHover(told, subject.id, subject.places, session.abilities);
}

/** What the line of a log means, if it is an error that we know. */
async function explanationsAt({ id, scope, places }: Subject, line: number): Promise<readonly OurHover[]> {
  const lines = places.linesOf(id);
  if (!lines) return [];
  const span = { start: lines.lineStart(line), end: lines.lineStart(line + 1) };
  const text = scope.analyzer
    .textOf(id)
    ?.slice(span.start, Math.min(span.end, span.start + longestLine))
    .trimEnd();
  if (!text) return [];
  const { explainError } = await import('../../core/auth-errors/explain-error.ts');
  const [first] = explainError(text);
  if (!first) return [];
  const { title, cause, fix } = first.error;
  return [{ span: { start: span.start, end: span.start + text.length }, markdown: `**${title}** ${cause}\n\n${fix}` }];
}
