// Shell texts as commands: words with their quotes undone, and where each character of them stands in the file. Any text gives
// commands; what a shell would refuse is read as far as it goes.
import type { Span } from '../text/span.ts';

/** A text that a shell would read, which may be a part of a file, or written with the escapes of another language. */
export interface ShellText {
  readonly text: string;
  /** Where the character at an index of `text` stands in the file; also asked for the index behind the last. */
  offsetOf(index: number): number;
}

/** A part of a word that is known only when the command runs. */
export interface Unknown {
  /** Indices in the word's text. */
  readonly start: number;
  readonly end: number;
  /** Name of a variable; undefined for what another command prints. */
  readonly variable: string | undefined;
}

export interface Word {
  /** Quotes and backslashes are undone; what is unknown stands as it is written. */
  readonly text: string;
  readonly span: Span;
  /** Offset in the file of each character of `text`. */
  readonly offsets: readonly number[];
  readonly unknowns: readonly Unknown[];
}

export interface ShellCommand {
  /** `NAME=value` before the command, or alone. */
  readonly assignments: readonly Word[];
  readonly words: readonly Word[];
  readonly span: Span;
}

/** The text of a word that holds nothing unknown. */
export function literalOf({ text, unknowns }: Word): string | undefined {
  return unknowns.length === 0 ? text : undefined;
}

/** A part of a word; `from` and `to` are indices of its text. */
export function partOf({ text, offsets, unknowns, span }: Word, from: number, to = text.length): Word {
  const end = to < text.length ? (offsets[to] ?? span.end) : span.end;
  const start = offsets[from] ?? end;
  return {
    text: text.slice(from, to),
    span: { start, end: to > from ? Math.max(start, (offsets[to - 1] ?? start) + 1) : start },
    offsets: offsets.slice(from, to),
    unknowns: unknowns
      .filter(unknown => unknown.start < to && unknown.end > from)
      .map(unknown => ({ ...unknown, start: Math.max(0, unknown.start - from), end: Math.min(to, unknown.end) - from })),
  };
}

const blank = /[ \t\r]/;
const operator = /[;&|()\n<>]/;
/** Words before which a command may stand, and which are none. */
const reserved = new Set(['if', 'then', 'else', 'elif', 'do', 'while', 'until', '!', '{', '}', 'time', 'fi', 'done', 'esac']);
const assignment = /^[A-Za-z_][A-Za-z0-9_]*\+?=/;

/** All commands of a text, those inside of `$(…)` behind the one they stand in. */
export function parseShell(source: ShellText): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  parsePart(source, 0, source.text.length, commands, 0);
  return commands;
}

function parsePart(source: ShellText, from: number, to: number, commands: ShellCommand[], depth: number): void {
  const { text } = source;
  const inner: [number, number][] = [];
  let assignments: Word[] = [];
  let words: Word[] = [];
  const heredocs: { mark: string; tabs: boolean }[] = [];

  const finish = () => {
    const first = assignments[0] ?? words[0];
    const last = words.at(-1) ?? assignments.at(-1);
    if (first && last) commands.push({ assignments, words, span: { start: first.span.start, end: last.span.end } });
    assignments = [];
    words = [];
  };

  let at = from;
  while (at < to) {
    const char = text[at] as string;
    if (blank.test(char)) at++;
    else if (char === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3))) at += text[at + 1] === '\r' ? 3 : 2;
    else if (char === '#') at = endOfLine(text, at, to);
    else if (char === '\n') {
      finish();
      at++;
      for (const { mark, tabs } of heredocs.splice(0)) at = behindHeredoc(text, at, to, mark, tabs);
    } else if (char === '<' && text[at + 1] === '<' && text[at + 2] !== '<') {
      const opening = /^<<(-?)[ \t]*(["']?)([\w-]+)\2/.exec(text.slice(at, at + 80));
      if (opening) heredocs.push({ mark: opening[3] as string, tabs: opening[1] === '-' });
      at += opening ? opening[0].length : 2;
    } else if (char === '<' || char === '>') {
      // `2>`: the number of what is redirected is no word.
      const before = words.at(-1);
      if (before && /^\d+$/.test(before.text) && before.span.end === source.offsetOf(at)) words.pop();
      at++;
      while (at < to && /[<>&|]/.test(text[at] as string)) at++;
      while (at < to && blank.test(text[at] as string)) at++;
      if (at < to && !operator.test(text[at] as string)) at = readWord(source, at, to, inner).end;
    } else if (operator.test(char)) {
      finish();
      at++;
    } else {
      const read = readWord(source, at, to, inner);
      at = read.end;
      const { word } = read;
      const plain = literalOf(word);
      if (words.length === 0 && assignment.test(word.text)) assignments.push(word);
      else if (words.length > 0 || plain === undefined || !reserved.has(plain)) words.push(word);
    }
  }
  finish();
  if (depth < 5) for (const [start, end] of inner) parsePart(source, start, end, commands, depth + 1);
}

function endOfLine(text: string, at: number, to: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 || end > to ? to : end;
}

/** Behind the line that holds the mark alone; the end of the text where there is none. */
function behindHeredoc(text: string, from: number, to: number, mark: string, tabs: boolean): number {
  let at = from;
  while (at < to) {
    const end = endOfLine(text, at, to);
    const line = text.slice(at, end).replace(/\r$/, '');
    at = Math.min(end + 1, to);
    if ((tabs ? line.replace(/^\t+/, '') : line) === mark) return at;
  }
  return to;
}

/** Reads the word at `at`; commands inside of it are added to `inner`. */
function readWord(source: ShellText, at: number, to: number, inner: [number, number][]): { word: Word; end: number } {
  const { text } = source;
  let value = '';
  const offsets: number[] = [];
  const unknowns: Unknown[] = [];
  const start = at;
  let quote = '';
  const add = (index: number) => {
    value += text[index];
    offsets.push(source.offsetOf(index));
  };
  const addUnknown = (end: number, variable: string | undefined) => {
    const from = value.length;
    for (; at < end; at++) add(at);
    unknowns.push({ start: from, end: value.length, variable });
  };
  while (at < to) {
    const char = text[at] as string;
    if (quote === "'") {
      if (char === "'") quote = '';
      else add(at);
      at++;
    } else if (char === '$') {
      const end = endOfExpansion(text, at, to, inner);
      if (end === undefined) add(at++);
      else addUnknown(end, /^\$\{?([A-Za-z_]\w*)/.exec(text.slice(at, end))?.[1]);
    } else if (char === '`') {
      const close = text.indexOf('`', at + 1);
      const end = close < 0 || close >= to ? to : close + 1;
      inner.push([at + 1, Math.max(at + 1, end - 1)]);
      addUnknown(end, undefined);
    } else if (char === '\\') {
      if (text[at + 1] === '\n') at += 2;
      else if (quote === '"' && !/[\\"$`]/.test(text[at + 1] ?? '')) add(at++);
      else {
        if (at + 1 < to) add(at + 1);
        at += 2;
      }
    } else if (quote === '"') {
      if (char === '"') quote = '';
      else add(at);
      at++;
    } else if (char === '"' || char === "'") {
      quote = char;
      at++;
    } else if (blank.test(char) || operator.test(char)) break;
    else add(at++);
  }
  const end = Math.min(at, to);
  return { word: { text: value, offsets, unknowns, span: { start: source.offsetOf(start), end: source.offsetOf(end) } }, end };
}

/** Where a `$…` ends that the shell would replace; undefined for a dollar sign that stands for itself. */
function endOfExpansion(text: string, at: number, to: number, inner: [number, number][]): number | undefined {
  const next = text[at + 1] ?? '';
  if (/[A-Za-z_]/.test(next)) {
    let end = at + 2;
    while (end < to && /\w/.test(text[end] as string)) end++;
    return end;
  }
  if (/[0-9@*#?$!-]/.test(next)) return at + 2;
  if (next !== '{' && next !== '(') return undefined;
  const end = closingOf(text, at + 1, to);
  if (next === '(' && text[at + 2] !== '(') inner.push([at + 2, Math.max(at + 2, end - 1)]);
  return end;
}

/** Behind the bracket that closes the one at `at`, quotes skipped. */
function closingOf(text: string, at: number, to: number): number {
  const open = text[at] as string;
  const close = open === '(' ? ')' : '}';
  let depth = 0;
  let quote = '';
  for (let i = at; i < to; i++) {
    const char = text[i] as string;
    if (char === '\\' && quote !== "'") i++;
    else if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === open) depth++;
    else if (char === close && --depth === 0) return i + 1;
  }
  return to;
}
