// What stands under the mouse: a decoded token, an option's meaning.
import type { Hover, HoverParams } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';
import { toHover } from '../to-lsp.ts';

export function hover({ session }: ServerContext, { textDocument, position }: HoverParams): Hover | null {
  const subject = session.subjectOf(textDocument.uri);
  const lines = subject?.places.linesOf(subject.id);
  if (!subject || !lines) return null;
  const hovers = subject.scope.analyzer.hovers(subject.id, lines.offsetAt(position));
  return toHover(hovers, subject.id, subject.places, session.abilities);
}
