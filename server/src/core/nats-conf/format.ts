// Lays out a NATS configuration: indentation by brackets, one space behind a `:` and around a `=` or values in columns, no blanks at line ends. Only white space between
// tokens changes, and only if the server then reads the same: a text with mistakes stays as it is.
import { newestNatsServer, type ServerVersion } from '../lint/settings.ts';
import type { Edit } from '../text/edit.ts';
import { applyEdits } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { isBlank, isNewline } from './characters.ts';
import { parseNatsConf } from './parser.ts';
import { separatorEdits } from './separators.ts';
import type { Entry, MapNode, ParsedConf, TextEdit, ValueNode } from './tree.ts';

export interface FormatOptions {
  /** What one level is indented by; two spaces unless given. */
  readonly indent?: string;
  readonly version?: ServerVersion;
}

/** The text laid out, or undefined where it cannot be without a change of what the server reads. Formatting the result again changes nothing. */
export function formatNatsConf(text: string, options: FormatOptions = {}): string | undefined {
  const laidOut = layOut(text, options);
  if (!laidOut) return undefined;
  const shown = laidOut.lines.map(({ content, newline }) => (content === undefined ? '' : content + newline)).join('');
  const formatted = endWithNewline(shown);
  return saysTheSame(text, laidOut.parsed, formatted, options) ? formatted : undefined;
}

/** Edits of the lines that `span` touches, which lay them out as the whole would be; none where that changes what the server reads. */
export function formatNatsConfLines(text: string, span: Span, options: FormatOptions = {}): readonly TextEdit[] {
  const laidOut = layOut(text, options);
  if (!laidOut) return [];
  const edits: TextEdit[] = [];
  let start = 0;
  for (const { source, content, newline } of laidOut.lines) {
    const end = start + source.length;
    const next = end + newline.length;
    // A selection of whole lines ends where the next one begins, and does not mean that.
    const isMeant = span.start <= end && (span.end > start || span.start === start);
    if (isMeant) {
      if (content === undefined) edits.push({ span: { start, end: next }, newText: '' });
      else if (content !== source) edits.push({ span: { start, end }, newText: content });
    }
    start = next;
  }
  if (edits.length === 0) return edits;
  const formatted = applyEdits(text, edits.map(asEdit));
  return saysTheSame(text, laidOut.parsed, formatted, options) ? edits : [];
}

interface Line {
  /** As it was, without its line end. */
  readonly source: string;
  /** As it is to be; undefined for an empty line too many. */
  readonly content: string | undefined;
  readonly newline: string;
}

/** Every line of the text in its new form; undefined for a text with mistakes. */
function layOut(text: string, options: FormatOptions): { readonly parsed: ParsedConf; readonly lines: readonly Line[] } | undefined {
  const version = options.version ?? newestNatsServer;
  const parsed = parseNatsConf(text, { version });
  if (parsed.errors.length > 0) return undefined;
  const spaced = applyEdits(text, separatorEdits(text, parsed).map(asEdit));
  const sources = linesOf(text);
  const lines = indented(spaced, parseNatsConf(spaced, { version }), options.indent ?? '  ');
  return { parsed, lines: lines.map((line, i) => ({ ...line, source: sources[2 * i] as string })) };
}

/** Whether the server reads the same before and after, and no comment is lost. */
function saysTheSame(text: string, parsed: ParsedConf, formatted: string, options: FormatOptions): boolean {
  const again = parseNatsConf(formatted, { version: options.version ?? newestNatsServer });
  return again.errors.length === 0 && sameValue(parsed.tree, again.tree) && sameComments(text, parsed, formatted, again);
}

/** All edits here are of one text. */
function asEdit(edit: TextEdit): Edit {
  return { file: '', ...edit };
}

/** Lines and line ends by turns. */
function linesOf(text: string): string[] {
  return text.split(/(\r\n|\r|\n)/);
}

interface Bracket {
  readonly at: number;
  readonly opens: boolean;
}

function indented(text: string, parsed: ParsedConf, indent: string): Omit<Line, 'source'>[] {
  const { brackets, texts } = landmarks(parsed);
  const lines = linesOf(text);
  const result: Omit<Line, 'source'>[] = [];
  let isEmpty = true;
  let offset = 0;
  let next = 0;
  let inText = 0;
  let blanks = 0;
  /** Level of the line that each open bracket stands on. */
  const levels: number[] = [];
  for (let i = 0; i < lines.length; i += 2) {
    const line = lines[i] as string;
    const newline = lines[i + 1] ?? '';
    const end = offset + line.length;
    while (inText < texts.length && (texts[inText] as Span).end <= offset) inText++;
    const around = texts[inText];
    const beginsInText = around !== undefined && around.start < offset;
    const endsInText = lastsBeyond(texts, inText, end);
    const first = offset + (/^[ \t]*/.exec(line) as RegExpExecArray)[0].length;
    const bracket = brackets[next];
    const closesFirst = bracket !== undefined && !bracket.opens && bracket.at === first;
    const level = closesFirst ? (levels[levels.length - 1] ?? 0) : levels.length === 0 ? 0 : (levels[levels.length - 1] as number) + 1;
    for (; next < brackets.length && (brackets[next] as Bracket).at < end; next++) {
      if ((brackets[next] as Bracket).opens) levels.push(level);
      else levels.pop();
    }
    offset = end + newline.length;
    const content = beginsInText ? line : `${indent.repeat(level)}${line.slice(first - (end - line.length))}`;
    const shown = endsInText ? content : trimEnd(content);
    if (!beginsInText && shown === '') {
      blanks++;
      // No more than one empty line, and none at the beginning.
      if (blanks > 1 || isEmpty) {
        result.push({ content: undefined, newline });
        continue;
      }
    } else blanks = 0;
    isEmpty = false;
    result.push({ content: shown, newline });
  }
  return result;
}

function lastsBeyond(texts: readonly Span[], from: number, end: number): boolean {
  for (let i = from; i < texts.length && (texts[i] as Span).start < end; i++) if ((texts[i] as Span).end > end) return true;
  return false;
}

/** Blanks only: other white space is a part of a comment or key to the server. */
function trimEnd(line: string): string {
  let end = line.length;
  while (end > 0 && isBlank(line.charCodeAt(end - 1))) end--;
  return line.slice(0, end);
}

/** One line end at the end of the file, of the kind that was used last. */
function endWithNewline(text: string): string {
  let end = text.length;
  while (end > 0 && isNewline(text.charCodeAt(end - 1))) end--;
  const newline = /\r\n|\r|\n/.exec(text.slice(end))?.[0] ?? /(\r\n|\r|\n)[^\r\n]*$/.exec(text.slice(0, end))?.[1] ?? '\n';
  return end === 0 ? '' : text.slice(0, end) + newline;
}

/** All brackets in order, and the texts that run over several lines or hold blanks that must stay. */
function landmarks(parsed: ParsedConf): { readonly brackets: readonly Bracket[]; readonly texts: readonly Span[] } {
  const brackets: Bracket[] = [];
  const texts: Span[] = [];
  const pair = (open: Span | undefined, close: Span | undefined) => {
    if (open && close) brackets.push({ at: open.start, opens: true }, { at: close.start, opens: false });
  };
  const visitValue = (node: ValueNode): void => {
    if (node.kind === 'string' && node.quote !== 'none') texts.push(node.span);
    else if (node.kind === 'map') {
      pair(node.open, node.close);
      visitMap(node);
    } else if (node.kind === 'array') {
      pair(node.open, node.close);
      node.items.forEach(visitValue);
    }
  };
  const visitMap = ({ statements: entries }: MapNode): void => {
    for (const entry of entries) {
      if (entry.kind === 'include') texts.push(entry.span);
      else {
        if (entry.keyQuote !== 'none') texts.push({ start: entry.keySpan.start - 1, end: entry.keySpan.end + 1 });
        visitValue(entry.value);
      }
    }
  };
  visitMap(parsed.tree);
  for (const { open, close } of parsed.groups) pair(open, close);
  brackets.sort((a, b) => a.at - b.at);
  texts.sort((a, b) => a.start - b.start);
  return { brackets, texts };
}

function sameComments(before: string, a: ParsedConf, after: string, b: ParsedConf): boolean {
  const shown = (text: string, { comments }: ParsedConf) => comments.map(({ start, end }) => trimEnd(text.slice(start, end)));
  const [left, right] = [shown(before, a), shown(after, b)];
  return left.length === right.length && left.every((comment, i) => comment === right[i]);
}

/** Whether two trees hold the same keys and values in the same order. */
function sameValue(a: ValueNode, b: ValueNode): boolean {
  if (a.kind === 'map')
    return (
      b.kind === 'map' && a.statements.length === b.statements.length && a.statements.every((entry, i) => sameEntry(entry, b.statements[i]))
    );
  if (a.kind === 'array')
    return b.kind === 'array' && a.items.length === b.items.length && a.items.every((item, i) => sameValue(item, b.items[i] as ValueNode));
  if (a.kind === 'string') return b.kind === 'string' && a.value === b.value && a.quote === b.quote;
  if (a.kind === 'variable') return b.kind === 'variable' && a.name === b.name;
  if (a.kind === 'missing') return b.kind === 'missing' && a.lost === b.lost;
  return a.kind === b.kind && a.source === (b as typeof a).source;
}

function sameEntry(a: Entry, b: Entry | undefined): boolean {
  if (a.kind === 'include') return b?.kind === 'include' && a.path === b.path;
  return b?.kind === 'pair' && a.key === b.key && a.separator === b.separator && sameValue(a.value, b.value);
}
