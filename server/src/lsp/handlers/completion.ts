// What may be written at the caret.
import type { CompletionItem, CompletionParams } from 'vscode-languageserver';
import type { ServerContext } from '../server.ts';
import { toCompletionItems } from '../to-lsp.ts';

/** A space is one only behind a separator, where a value begins: nobody wants proposals after every word. */
export const triggerCharacters: readonly string[] = ['$', '"', ' '];

export function completion({ session }: ServerContext, { textDocument, position, context }: CompletionParams): CompletionItem[] {
  const subject = session.subjectOf(textDocument.uri);
  const lines = subject?.places.linesOf(subject.id);
  const text = subject?.scope.analyzer.textOf(subject.id);
  if (!subject || !lines || text === undefined) return [];
  const offset = lines.offsetAt(position);
  if (context?.triggerCharacter === ' ' && !/[:=] $/.test(text.slice(Math.max(0, offset - 2), offset))) return [];
  return toCompletionItems(subject.scope.analyzer.completions(subject.id, offset), subject.id, subject.places, session.abilities);
}
