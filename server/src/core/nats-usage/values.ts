// What a string expression of a program gives: text, and places that only the running program knows.
import type { Span } from '../text/span.ts';
import { constantAt, exportedConstant, memberOf } from './constants.ts';
import { originOf } from './imports.ts';
import type { Program, TokenRange } from './program.ts';
import type { StringPart } from './strings.ts';

/** Text, or a place that is filled at run time. */
export type Piece = string | Unknown;

/** `name` is a path of names (`Subjects.Created`) that a file of the workspace may define; `from` says which, see `originOf`. */
export interface Unknown {
  readonly name: readonly string[] | undefined;
  readonly from?: string;
}

export interface Value {
  readonly pieces: readonly Piece[];
  /** The content of the string, or the whole expression. */
  readonly span: Span;
}

const unknown: readonly Piece[] = [{ name: undefined }];

/** Constants of constants of constants are followed this far, so that one that is defined by itself ends. */
const deepest = 6;

const unchanged =
  /^(?:to_string|into|to_owned|as_str|clone|String|str|string|from|from_static|encode|decode|as_ref|ToString|toString|trim|strip|TrimSpace|Subject)$/;

/** Value of an expression. Never throws; what is no string gives one unknown piece. */
export function stringValue(program: Program, range: TokenRange, depth = 0): Value {
  const only = program.token(range.from);
  const isString = range.to === range.from + 1 && only.kind === 'string';
  const span = isString ? only.content : { start: only.span.start, end: program.token(range.to - 1).span.end };
  return { pieces: joinedPieces(depth > deepest ? unknown : expression(program, range, depth)), span };
}

/** Neighbouring texts as one. */
export function joinedPieces(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result[result.length - 1];
    if (typeof piece === 'string' && typeof last === 'string') result[result.length - 1] = last + piece;
    else if (piece !== '') result.push(piece);
  }
  return result;
}

function expression(program: Program, range: TokenRange, depth: number): readonly Piece[] {
  const operands: TokenRange[] = [];
  let from = range.from;
  for (let i = range.from; i < range.to; i++) {
    if (program.match(i) > i) i = program.match(i);
    else if (program.is(i, '+')) {
      operands.push({ from, to: i });
      from = i + 1;
    } else if (program.is(i, '%') && program.facts.syntax === 'python') return percent(program, range, i, depth);
  }
  operands.push({ from, to: range.to });
  return operands.flatMap(part => operand(program, part, depth));
}

function percent(program: Program, { from, to }: TokenRange, at: number, depth: number): readonly Piece[] {
  const list = program.is(at + 1, '(') && program.match(at + 1) === to - 1;
  const values = list ? program.parts(at + 1) : [{ from: at + 1, to }];
  return formatted(program, { from, to: at }, values, depth);
}

function operand(program: Program, range: TokenRange, depth: number): readonly Piece[] {
  let { from, to } = range;
  while (program.is(from, '&', '*') || program.token(from).text === 'await' || program.token(from).text === 'mut') from++;
  if (program.is(to - 1, '!', '?')) to--;
  const as = program.token(to - 2);
  if (as.kind === 'name' && as.text === 'as') to -= 2;
  if (from >= to) return unknown;
  const first = program.token(from);
  if (program.is(from, '(') && program.match(from) === to - 1) return expression(program, { from: from + 1, to: to - 1 }, depth);
  if (first.kind === 'string') return stringOperand(program, from, to, depth);
  if (first.kind !== 'name') return unknown;
  let last = from;
  while (last + 2 < to && program.isDot(last + 1) && program.token(last + 2).kind === 'name') last += 2;
  if (program.is(last + 1, '!') && program.is(last + 2, '(') && first.text === 'format') return formatCall(program, last + 2, depth);
  const open = last + 1;
  if (last === to - 1) return named(program, from, last, depth);
  if (program.is(open, '[') && program.match(open) === to - 1) return indexed(program, from, last, open, depth);
  return program.is(open, '(') ? call(program, from, last, to, depth) : unknown;
}

/** A string with what is called on it, and strings that stand behind one another without an operator. */
function stringOperand(program: Program, from: number, to: number, depth: number): readonly Piece[] {
  let next = from + 1;
  while (next < to && program.token(next).kind === 'string') next++;
  const strings = { from, to: next };
  const text = () => {
    const pieces: Piece[] = [];
    for (let i = from; i < next; i++) pieces.push(...stringPieces(program, program.token(i).parts, i, depth));
    return pieces;
  };
  if (next === to) return text();
  const method = program.token(next + 1).text;
  const open = next + 2;
  if (!program.isDot(next) || !program.is(open, '(')) return unknown;
  const end = program.match(open);
  const rest = end === to - 1;
  if (unchanged.test(method)) return rest || program.isDot(end + 1) ? text() : unknown;
  return rest && (method === 'format' || method === 'formatted') ? formatted(program, strings, program.parts(open), depth) : unknown;
}

function stringPieces(program: Program, parts: readonly StringPart[], at: number, depth: number): readonly Piece[] {
  return parts.flatMap(part => (typeof part === 'string' ? [part] : hole(program, part.hole, at, depth)));
}

/** A hole that holds nothing but a name may be a constant. */
function hole(program: Program, source: string, at: number, depth: number): readonly Piece[] {
  const path = source.trim();
  return /^[A-Za-z_$][\w$]*(?:\.[\w$]+)*$/.test(path) ? lookedUp(program, path.split('.'), at, depth) : unknown;
}

function named(program: Program, from: number, last: number, depth: number): readonly Piece[] {
  const words: string[] = [];
  for (let i = from; i <= last; i += 2) words.push(program.token(i).text);
  return lookedUp(program, words, from, depth);
}

function lookedUp(program: Program, words: readonly string[], at: number, depth: number): readonly Piece[] {
  const found = words.length === 1 ? constantAt(program, words[0] as string, at) : memberOf(program, words, at);
  if (found === 'unknown') return unknown;
  if (found) return stringValue(program, found, depth + 1).pieces;
  const from = originOf(program, words);
  return from === undefined ? unknown : [{ name: words, from }];
}

/** `SUBJECTS["created"]`. */
function indexed(program: Program, from: number, last: number, open: number, depth: number): readonly Piece[] {
  const key = program.token(open + 1);
  const [word] = key.parts;
  if (program.match(open) !== open + 2 || key.kind !== 'string' || typeof word !== 'string') return unknown;
  const words: string[] = [];
  for (let i = from; i <= last; i += 2) words.push(program.token(i).text);
  return lookedUp(program, [...words, word], from, depth);
}

function call(program: Program, from: number, last: number, to: number, depth: number): readonly Piece[] {
  const open = last + 1;
  const { text } = program.token(last);
  const end = program.match(open);
  const args = program.parts(open);
  const rest = end === to - 1;
  if (!rest && !program.isDot(end + 1)) return unknown;
  if (/^(?:Sprintf|format|Format)$/.test(text) && last > from && /^(?:fmt|[Ss]tring|MessageFormat)$/.test(program.token(from).text))
    return rest && args[0] ? formatted(program, args[0], args.slice(1), depth) : unknown;
  if (!unchanged.test(text)) return unknown;
  const [argument] = args;
  if (argument && args.length === 1) return stringValue(program, argument, depth + 1).pieces;
  return args.length === 0 && last > from ? named(program, from, last - 2, depth) : unknown;
}

/** `format!("orders.{}", id)`. */
function formatCall(program: Program, open: number, depth: number): readonly Piece[] {
  const [text, ...values] = program.parts(open);
  return text ? formatted(program, text, values, depth) : unknown;
}

const placeholder = /%%|%(?:\(\w+\))?[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]|\{\{|\}\}|\{([^{}]*)\}/g;

/** A text with `%s` or `{}` in it, and what fills them in order. */
function formatted(program: Program, text: TokenRange, values: readonly TokenRange[], depth: number): readonly Piece[] {
  const template = stringValue(program, text, depth + 1).pieces;
  const pieces: Piece[] = [];
  let next = 0;
  for (const piece of template) {
    if (typeof piece !== 'string') {
      pieces.push(piece);
      continue;
    }
    let at = 0;
    for (const found of piece.matchAll(placeholder)) {
      pieces.push(piece.slice(at, found.index));
      at = found.index + found[0].length;
      if (found[0] === '%%' || found[0] === '{{' || found[0] === '}}') {
        pieces.push(found[0].slice(1));
        continue;
      }
      pieces.push(...filling(program, found[1], values, next++, text.from, depth));
    }
    pieces.push(piece.slice(at));
  }
  return pieces;
}

function filling(program: Program, label: string | undefined, values: readonly TokenRange[], next: number, at: number, depth: number) {
  const word = label?.split(/[:,]/)[0]?.trim() ?? '';
  if (/^[A-Za-z_]\w*$/.test(word) && !values.some(({ from }) => program.token(from).text === word && program.is(from + 1, '=')))
    return hole(program, word, at, depth);
  const value = /^\d+$/.test(word) ? values[Number(word)] : word === '' ? values[next] : undefined;
  return value ? stringValue(program, value, depth + 1).pieces : unknown;
}

/** What a constant of this program is, for another one; undefined where it has none of that name or only the running program knows it. */
export function constantValue(program: Program, words: readonly string[]): string | undefined {
  const range = exportedConstant(program, words);
  const [text, ...rest] = range ? stringValue(program, range).pieces : [];
  return typeof text === 'string' && rest.length === 0 ? text : undefined;
}
