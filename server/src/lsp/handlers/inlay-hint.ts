// Words between the characters: what a number means, when a token ends.
import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import { toSpan } from '../from-lsp.ts';
import type { ServerContext } from '../server.ts';
import { toInlayHints } from '../to-lsp.ts';

export function inlayHint({ session }: ServerContext, { textDocument, range }: InlayHintParams): InlayHint[] {
  const subject = session.subjectOf(textDocument.uri);
  const lines = subject?.places.linesOf(subject.id);
  if (!subject || !lines || !session.settings.inlayHints) return [];
  const hints = subject.scope.analyzer.hints(subject.id, toSpan(range, lines));
  session.refreshAt(Math.min(...hints.map(({ until }) => until ?? Number.POSITIVE_INFINITY)));
  return toInlayHints(hints, subject.id, subject.places, session.abilities);
}
