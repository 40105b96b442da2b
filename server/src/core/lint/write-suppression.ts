// Writes the comment that allows a finding, at a place where the file's own syntax has room for a comment.
import { isScalar, parseDocument, visit } from 'yaml';
import { type CommentStart, commentStartOf } from '../facts/comment-syntax.ts';
import type { Edit } from '../text/edit.ts';
import { nameOf } from '../text/file-id.ts';
import type { LineMap } from '../text/line-map.ts';
import type { Finding } from './finding.ts';
import { findSuppressions } from './suppression.ts';

export interface SuppressionText {
  readonly text: string;
  readonly lines: LineMap;
  /** Whether a language of ours with `#` comments owns the file, whatever its name. */
  readonly hasHashComments: boolean;
}

export interface WrittenSuppression {
  /** The line where there is room on or above it, else the file. */
  readonly scope: 'line' | 'file';
  readonly edit: Edit;
}

/** The edit that allows a finding of this rule where it stands; undefined for a file that can hold no comment. */
export function writeSuppression(finding: Finding, source: SuppressionText): WrittenSuppression | undefined {
  const { text, lines } = source;
  const start = startOf(finding.file, source);
  if (!start) return undefined;
  const insert = (offset: number, newText: string): Edit => ({ file: finding.file, span: { start: offset, end: offset }, newText });
  const line = lines.lineAt(finding.span.start);
  const known = findSuppressions({ text }, lines)
    .filter(one => !one.wholeFile && one.lines.includes(line))
    .pop();
  if (known) return { scope: 'line', edit: insert(known.span.end, ` ${finding.rule}`) };

  const lineStart = lines.lineStart(line);
  const lineText = withoutEnding(text.slice(lineStart, lines.lineStart(line + 1)));
  const place = placeFor(start, finding, source, line);
  const comment = (word: string) => commentOf(start, `authlint: ${word} ${finding.rule}`);
  if (place === 'above') {
    const indent = /^[ \t]*/.exec(lineText)?.[0] ?? '';
    return { scope: 'line', edit: insert(lineStart + (text.startsWith('\uFEFF', lineStart) ? 1 : 0), `${indent}${comment('allow')}\n`) };
  }
  if (place === 'behind') return { scope: 'line', edit: insert(lineStart + lineText.trimEnd().length, ` ${comment('allow')}`) };
  return { scope: 'file', edit: insert(headEnd(text), `${comment('allow-file')}\n`) };
}

function startOf(file: string, { text, hasHashComments }: SuppressionText): CommentStart | undefined {
  const name = nameOf(file);
  if (/\.json$/i.test(name)) return undefined;
  if (hasHashComments || /^#!.*\b(sh|bash|zsh|python\d?|ruby|perl)\b/.test(text)) return '#';
  return commentStartOf(name);
}

function commentOf(start: CommentStart, words: string): string {
  if (start === '<!--') return `<!-- ${words} -->`;
  return start === '/*' ? `/* ${words} */` : `${start} ${words}`;
}

/** A comment line above disturbs least, except where the line above goes on in this one or where both are parts of one text. */
function placeFor(start: CommentStart, finding: Finding, { text, lines }: SuppressionText, line: number): 'above' | 'behind' | undefined {
  const lineText = (index: number) => withoutEnding(text.slice(lines.lineStart(index), lines.lineStart(index + 1)));
  const name = nameOf(finding.file);
  if (/\.(md|markdown)$/i.test(name)) return isInFence(text.slice(0, lines.lineStart(line))) ? undefined : 'behind';
  if (/\.ya?ml$/i.test(name)) return isInsideScalar(text, lines.lineStart(line)) ? undefined : 'above';
  if (start !== '#') return 'above';
  const goesOn = (index: number) => index >= 0 && lineText(index).endsWith('\\');
  if (!goesOn(line - 1)) return 'above';
  return goesOn(line) ? undefined : 'behind';
}

/** Whether a text ends inside of a Markdown code fence, where a comment would become part of the example. */
function isInFence(before: string): boolean {
  let fence: string | undefined;
  for (const match of before.matchAll(/^[ \t>]*(`{3,}|~{3,})/gm)) {
    const mark = match[1] as string;
    if (fence === undefined) fence = mark;
    else if (mark.startsWith(fence)) fence = undefined;
  }
  return fence !== undefined;
}

/** Whether a line of YAML begins inside of a value that spans several lines. */
function isInsideScalar(text: string, lineStart: number): boolean {
  let inside = false;
  visit(parseDocument(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'silent' }), (_key, node) => {
    if (!isScalar(node) || !node.range) return;
    if (node.range[0] < lineStart && lineStart < node.range[1]) inside = true;
  });
  return inside;
}

/** Offset behind what has to stay first in a file: byte order mark, `#!` line, XML declaration, Markdown front matter. */
function headEnd(text: string): number {
  return /^\uFEFF?(#![^\n]*\n|<\?xml[^\n]*\n|---[ \t]*\r?\n[\s\S]*?\n---[ \t]*\r?\n(?=\s*\S))?/.exec(text)?.[0].length ?? 0;
}

function withoutEnding(line: string): string {
  return line.replace(/\r?\n$|\r$/, '');
}
