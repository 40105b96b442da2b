// How six languages write strings, and the places in them that the program fills.
import type { SourceSyntax } from '../facts/nats-clients.ts';

/** A part of a string: text, or a place that the program fills; then `hole` is the expression that stands there, where it is a part of the string. */
export type StringPart = string | { readonly hole: string };

/** Offset of the line break behind `from`, or of the end. */
export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

interface FormKind {
  /** Characters with which it can begin. */
  readonly first: string;
  readonly escapes: boolean;
  readonly multiline: boolean;
  /** How places that the program fills begin; undefined where there are none in the string itself. */
  readonly holes: 'dollar-brace' | 'brace' | undefined;
  closingOf(opening: string): string;
}

/** How a string is written that begins somewhere. */
export interface StringForm extends FormKind {
  readonly opening: string;
  readonly closing: string;
}

const same = (opening: string) => opening;
const lastChar = (opening: string) => opening.slice(-1);
const plain = (first: string): FormKind => ({ first, escapes: true, multiline: false, holes: undefined, closingOf: lastChar });
const raw = (first: string, closingOf = lastChar): FormKind => ({ first, escapes: false, multiline: true, holes: undefined, closingOf });
const form = (pattern: RegExp, kind: FormKind) => ({ pattern, form: kind });
const character = form(/'(?=(?:[^'\\\n]|\\.[^'\n]{0,8})')/y, plain("'"));
const pythonQuotes = (opening: string) => /(?:'{3}|"{3}|['"])$/.exec(opening)?.[0] ?? '';

const stringForms: Readonly<Record<SourceSyntax, readonly { readonly pattern: RegExp; readonly form: FormKind }[]>> = {
  go: [form(/"/y, plain('"')), form(/`/y, raw('`')), character],
  typescript: [form(/["']/y, plain('"\'')), form(/`/y, { ...plain('`'), multiline: true, holes: 'dollar-brace' })],
  python: [
    form(/(?:[fF][rR]?|[rR][fF])(?:'{3}|"{3})/y, { ...plain('fFrR'), multiline: true, holes: 'brace', closingOf: pythonQuotes }),
    form(/(?:[fF][rR]?|[rR][fF])['"]/y, { ...plain('fFrR'), holes: 'brace', closingOf: pythonQuotes }),
    form(/[rRbBuU]{0,2}(?:'{3}|"{3})/y, { ...plain('rRbBuU\'"'), multiline: true, closingOf: pythonQuotes }),
    form(/[rRbBuU]{0,2}['"]/y, { ...plain('rRbBuU\'"'), closingOf: pythonQuotes }),
  ],
  java: [form(/"""/y, { ...plain('"'), multiline: true, closingOf: same }), form(/"/y, plain('"')), character],
  rust: [
    form(
      /b?r(#*)"/y,
      raw('br', opening => `"${'#'.repeat(opening.split('#').length - 1)}`),
    ),
    form(/b?"/y, { ...plain('b"'), multiline: true }),
    character,
  ],
  csharp: [
    form(/\$"""/y, { ...raw('$', () => '"""'), holes: 'brace' }),
    form(/"""/y, raw('"', same)),
    form(/(?:\$@|@\$)"/y, { ...raw('$@'), holes: 'brace' }),
    form(/@"/y, raw('@')),
    form(/\$"/y, { ...plain('$'), holes: 'brace' }),
    form(/"/y, plain('"')),
    character,
  ],
};

/** The form of the string that begins at an offset; undefined where none does. */
export function stringFormAt(text: string, at: number, syntax: SourceSyntax): StringForm | undefined {
  const char = text[at] ?? '';
  for (const { pattern, form } of stringForms[syntax]) {
    if (!form.first.includes(char)) continue;
    pattern.lastIndex = at;
    const opening = pattern.exec(text)?.[0];
    if (opening !== undefined) return { ...form, opening, closing: form.closingOf(opening) };
  }
  return undefined;
}

/** Content of a string from behind its opening quote. A string that must end with its line and does not, ends there. */
export function readString(text: string, from: number, { escapes, multiline, holes, closing }: StringForm) {
  const parts: StringPart[] = [];
  let run = '';
  let at = from;
  const flush = () => {
    if (run !== '') parts.push(run);
    run = '';
  };
  while (at < text.length) {
    const char = text[at] as string;
    if (text.startsWith(closing, at)) {
      flush();
      return { parts, end: at, closed: true };
    }
    if (char === '\n' && !multiline) break;
    if (char === '\\' && escapes) {
      // What an escape stands for is rarely a part of a subject: a space makes sure that it is taken for none.
      run += /[\\'"$`{}]/.test(text[at + 1] ?? '') ? text[at + 1] : ' ';
      at += 2;
    } else if (holes === 'brace' && (char === '{' || char === '}') && text[at + 1] === char) {
      run += char;
      at += 2;
    } else if ((holes === 'brace' && char === '{') || (holes === 'dollar-brace' && char === '$' && text[at + 1] === '{')) {
      flush();
      const start = at + (char === '$' ? 2 : 1);
      const end = holeEnd(text, start, multiline ? text.length : lineEnd(text, start));
      parts.push({ hole: text.slice(start, end) });
      at = end + 1;
    } else {
      run += char;
      at++;
    }
  }
  flush();
  return { parts, end: Math.min(at, text.length), closed: false };
}

/** Place of the brace that closes an expression within a string. */
function holeEnd(text: string, from: number, limit: number): number {
  let depth = 0;
  for (let at = from; at < limit; at++) {
    const char = text[at];
    if (char === '{') depth++;
    else if (char === '}' && depth-- === 0) return at;
  }
  return limit;
}
