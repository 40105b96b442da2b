// How a comment begins in a file of some name, as far as suppressions can be written in it.
import table from './comment-syntax.json';

/** `<!--` and `/*` need an end; the others last until the end of the line. */
export type CommentStart = keyof typeof table;

const starts = new Map(Object.entries(table).flatMap(([start, endings]) => endings.map(ending => [ending, start as CommentStart])));

/** By the part behind the last dot, else by the whole name; undefined where no comment is known (JSON has none). */
export function commentStartOf(fileName: string): CommentStart | undefined {
  const name = fileName.toLowerCase();
  if (/^\.env(\.|$)/.test(name)) return '#';
  return starts.get(name.slice(name.lastIndexOf('.') + 1)) ?? starts.get(name.split('.', 1)[0] as string);
}
