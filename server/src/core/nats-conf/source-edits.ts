// Edits of the text of a NATS configuration: taking a pair out, putting lines in. Used by the fixes of rules.
import type { Edit } from '../text/edit.ts';
import type { FileId } from '../text/file-id.ts';
import type { Span } from '../text/span.ts';
import type { NatsConf } from './model.ts';

/** Text of a file that the configuration is made of. */
export function textOfFile(conf: NatsConf, file: FileId): string {
  return conf.evaluation.files.find(one => one.file.id === file)?.file.text ?? '';
}

/** Offset of the first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** White space in front of the line that holds `offset`. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? '';
}

/** What may stand behind a pair on its line: a separator and a comment. */
const endOfLine = /^[ \t]*[,;]?[ \t]*(?:(?:#|\/\/)[^\n]*)?(?:\r?\n|$)/;

/** The rest of the line behind a pair that has its line to itself; undefined for one that shares it. */
export function restOfOwnLine(text: string, { start, end }: Span): string | undefined {
  if (text.slice(lineStart(text, start), start).trim() !== '') return undefined;
  return endOfLine.exec(text.slice(end))?.[0];
}

/** What to cut so that a pair goes without a trace: the whole line where it stands alone, else the pair with one separator. */
export function removalOf(text: string, pair: Span): Span {
  const rest = restOfOwnLine(text, pair);
  if (rest !== undefined) return { start: lineStart(text, pair.start), end: pair.end + rest.length };
  const separator = /^[ \t]*[,;][ \t]*/.exec(text.slice(pair.end));
  if (separator) return { start: pair.start, end: pair.end + separator[0].length };
  const blanks = blanksBefore(text, pair.start);
  const isSeparated = /[,;]/.test(text.charAt(blanks - 1));
  return { start: isSeparated ? blanksBefore(text, blanks - 1) : blanks, end: pair.end };
}

/** Where the spaces and tabs begin that end at an offset. Not by a regular expression, which would begin to look at the start of the text. */
export function blanksBefore(text: string, offset: number): number {
  let start = offset;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
  return start;
}

/** Takes a pair, or an item of a list, out of a file. */
export function removePair(conf: NatsConf, file: FileId, pair: Span): Edit {
  return { file, span: removalOf(textOfFile(conf, file), pair), newText: '' };
}

/** Takes several pairs of one file out. Their separators may touch, so that cuts are joined. */
export function removePairs(conf: NatsConf, file: FileId, pairs: readonly Span[]): Edit[] {
  const text = textOfFile(conf, file);
  const edits: Edit[] = [];
  for (const span of pairs.map(pair => removalOf(text, pair)).sort((a, b) => a.start - b.start)) {
    const last = edits[edits.length - 1];
    if (last && span.start <= last.span.end) {
      edits[edits.length - 1] = { ...last, span: { start: last.span.start, end: Math.max(last.span.end, span.end) } };
    } else edits.push({ file, span, newText: '' });
  }
  return edits;
}

/** Puts a text between double quotes, escaped as nats-server reads it. */
export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"`;
}

/** Whether a text without quotes is a string to the server, and no number, comment or variable. `true` and its like are words too. */
export function isWord(text: string): boolean {
  return /^(?:[A-Za-z_]|\/(?!\/))[\w./-]*$/.test(text) && !text.includes('//');
}

/** Whether a key may stand without quotes. */
export function isBareKey(key: string): boolean {
  return /^[A-Za-z_$][\w$.-]*$/.test(key) && key.toLowerCase() !== 'include';
}

/** A string as a value: with quotes where the server would read something else without them. */
export function asValue(text: string): string {
  return isWord(text) && !/^(?:true|false|yes|no|on|off)$/i.test(text) ? text : quoted(text);
}
