// The words for each mistake of syntax, and its fix where the right text can be known. Never repeats text of the file: it may be a secret.
import type { Span } from '../text/span.ts';
import { BACKSLASH, CR, isNewline, lineEnd, lineStart } from './characters.ts';
import type { SyntaxFix, SyntaxProblemKind, TextEdit } from './tree.ts';

/** A mistake before it is known whether the server refuses the file for it. */
export interface Mistake {
  readonly kind: SyntaxProblemKind;
  readonly span: Span;
  readonly message: string;
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  readonly fix?: SyntaxFix | undefined;
}

export const mistakes = {
  // Values.
  leadingDot: (text: string, span: Span): Mistake => ({
    kind: 'invalid-number',
    span,
    message:
      'A value that begins with a dot is read as a number without its first digit, which nats-server refuses. Write a 0 before the dot, or quote a text.',
    fix: /^\.\d+$/.test(slice(text, span)) ? fix('Write a 0 before the dot', 'safe', insert(span.start, '0')) : quoteFix(text, span),
  }),
  trailingDot: (text: string, span: Span): Mistake => ({
    kind: 'invalid-number',
    span,
    message:
      'Digits and a dot begin a decimal number, and no digit follows the dot, so nats-server refuses it. Quote the value if it is a text.',
    fix: quoteFix(text, span),
  }),
  leadingMinus: (text: string, span: Span): Mistake => ({
    kind: 'invalid-number',
    span,
    message: 'A value that begins with `-` is read as a negative number, and no digit follows, so nats-server refuses it. Quote the value.',
    fix: span.end - span.start > 1 ? quoteFix(text, span) : undefined,
  }),
  dateLike: (text: string, span: Span): Mistake => ({
    kind: 'invalid-datetime',
    span,
    message:
      'Digits followed by `-` are read as a date such as 2026-01-31T12:00:00Z, and this is none, so nats-server refuses it. Quote the value.',
    fix: quoteFix(text, span),
  }),
  impossibleDate: (span: Span): Mistake => ({
    kind: 'invalid-datetime',
    span,
    message: 'This date does not exist in the calendar, so nats-server refuses it. Correct it, or quote it if it is a text.',
  }),
  foreignDigits: (span: Span): Mistake => ({
    kind: 'invalid-number',
    span,
    message: 'These are digits, but not 0 to 9, so nats-server fails to read the number. Write it with ASCII digits, or quote it.',
  }),
  integerOutOfRange: (span: Span): Mistake => ({
    kind: 'invalid-number',
    span,
    message: 'This number does not fit into 64 bits, so nats-server refuses it. Write a smaller one, or quote it if it is a text.',
  }),
  floatOutOfRange: (span: Span): Mistake => ({
    kind: 'invalid-number',
    span,
    message:
      'This number is larger than a 64-bit float can be, so nats-server refuses it. Write a smaller one, or quote it if it is a text.',
  }),
  numberRunsOn: (text: string, span: Span): Mistake => ({
    kind: 'invalid-number',
    span,
    message: decimalSize.test(slice(text, span))
      ? 'A size takes whole numbers only, so nats-server refuses a decimal point before a unit. Use the next smaller unit.'
      : 'nats-server reads the first part as a number and then refuses what is glued to it. Quote the value if it is a text.',
    fix: sizeFix(text, span) ?? quoteFix(text, span),
  }),
  dateRunsOn: (text: string, span: Span): Mistake => ({
    kind: 'invalid-datetime',
    span,
    message: 'nats-server reads the first part as a date and then refuses what is glued to it. Quote the value if it is a text.',
    fix: quoteFix(text, span),
  }),
  invalidEscape: (text: string, offset: number): Mistake => {
    const end = offset + 1 >= text.length || isNewline(text.charCodeAt(offset + 1)) ? offset + 1 : offset + 2;
    return {
      kind: 'invalid-escape',
      span: { start: offset, end },
      message:
        text[offset + 1] === 'x'
          ? '`\\x` takes two hexadecimal digits, so nats-server refuses this. Write for instance `\\x41`, or `\\\\x` for a backslash and an x.'
          : 'This is none of the escapes that exist (`\\xHH`, `\\t`, `\\n`, `\\r`, `\\"`, `\\\\`), so nats-server refuses it. Write `\\\\` for a backslash.',
      fix: escapeFix(text, offset),
    };
  },
  unclosedQuote: (text: string, span: Span): Mistake => {
    const mark = text[span.start] as string;
    const line = text.slice(span.start, lineEnd(text, span.start));
    const escaped = mark === '"' && /\\"\s*[,;}\]]*\s*$/.test(line);
    return {
      kind: 'unclosed-quote',
      span,
      message: escaped
        ? 'The backslash before the last quote makes it a part of the text, so this text never ends. Write `\\\\` for a backslash.'
        : 'This quote is not closed, so nats-server reads on into the following lines. Close it at the end of the value.',
      fix: escaped
        ? fix('Double the last backslash', 'unsafe', insert(span.start + line.lastIndexOf('\\"'), '\\'))
        : span.end === span.start + 1
          ? undefined
          : fix('Close the quote', 'unsafe', insert(span.end, mark)),
    };
  },
  unclosedBlock: (text: string, span: Span, end: number): Mistake => {
    const endsInCr = text.charCodeAt(end - 1) !== CR && text.charCodeAt(end) === CR && /\n\)$/.test(text.slice(span.start, end));
    return {
      kind: 'unclosed-block',
      span,
      message: endsInCr
        ? 'A block of text ends only at a line that holds nothing but `)`, and with Windows line ends (CR LF) no line does. Save the file with LF, or use quotes.'
        : 'A block of text ends only at a line that holds nothing but `)`, and none follows. Put the `)` on a line of its own, or use quotes.',
      fix: blockFix(text, span.start, end),
    };
  },
  emptyValue: (span: Span, lost: boolean): Mistake => ({
    kind: 'missing-value',
    span,
    message: lost
      ? 'This key has no value, and nats-server then stores the whole block around it under this key. Write a value, or remove the key.'
      : 'This key has no value, so nats-server takes an empty text. Write a value, or `""` if it is meant to be empty.',
  }),
  keyAtEnd: (span: Span, refused: boolean): Mistake => ({
    kind: 'missing-value',
    span,
    message: refused
      ? 'The file ends before this key gets a value, so nats-server refuses it. Write a value, or remove the key.'
      : 'The file ends before this key gets a value, and nats-server silently drops it. Write a value, or remove the key.',
  }),
  missingValue: (span: Span): Mistake => ({
    kind: 'missing-value',
    span,
    message: 'This key has no value, so nats-server takes the next word for one and refuses the rest. Write a value, or remove the key.',
  }),
  unopenedBlock: (key: Span): Mistake => ({
    kind: 'missing-value',
    span: key,
    message: 'Indentation alone makes no block, so nats-server finds no value for this key. Put braces around the indented settings.',
  }),
  /** At the lines of a list as YAML has it. */
  dashedList: (text: string, span: Span): Mistake => {
    const items = slice(text, span).split(/\s*[\r\n]+\s*/);
    const isPlain = items.every(item => /^-[ \t]+("[^"]*"|[^\s"',;#$[\]{}]+)$/.test(item));
    return {
      kind: 'stray-text',
      span,
      message: 'Dashes make no list here, so nats-server refuses this. Put the elements between brackets, with commas between them.',
      fix: isPlain
        ? fix('Write a list in brackets', 'safe', { span, newText: `[${items.map(item => item.slice(1).trim()).join(', ')}]` })
        : undefined,
    };
  },
  valueOnNextLine: (key: Span, gap: Span, joins: boolean): Mistake => ({
    kind: 'missing-value',
    span: key,
    message: joins
      ? 'At the top level a value begins on the line of its `:` or `=`, so nats-server sees none here. Move the bracket up.'
      : 'This key has no value on its line, and at the top level nats-server does not look at the next one. Write a value, or remove the key.',
    fix: joins ? fix('Move the bracket up', 'safe', { span: gap, newText: ' ' }) : undefined,
  }),
  valueIsComma: (span: Span): Mistake => ({
    kind: 'missing-value',
    span,
    message: 'This key has no value before the comma, so nats-server refuses it. Write a value, or remove the key.',
  }),

  // Between values.
  keySeparatorFirst: (span: Span): Mistake => ({
    kind: 'missing-key',
    span,
    message: 'A key is missing before this `:` or `=`, so nats-server refuses the file. Write the key, or remove the sign.',
  }),
  bracketWithoutKey: (span: Span): Mistake => ({
    kind: 'missing-key',
    span,
    message: 'This bracket needs a key before it, and nats-server takes the bracket itself for one. Write the key, or remove the bracket.',
  }),
  sectionHeader: (span: Span): Mistake => ({
    kind: 'missing-key',
    span,
    message:
      'Sections in square brackets do not exist here, so nats-server refuses the file. Write a block: the name, and its settings between braces.',
  }),
  secondValue: (span: Span): Mistake => ({
    kind: 'missing-separator',
    span,
    message: 'A key takes one value, and this bracket begins a second one, so nats-server refuses it. Remove one of the two.',
  }),
  doubledKeySeparator: (span: Span, keyEnd: number): Mistake => ({
    kind: 'doubled-separator',
    span,
    message: 'Between a key and its value stands one `:` or one `=`, so nats-server takes the rest of this for the value. Keep one sign.',
    fix: fix('Keep one sign', 'safe', { span: { start: keyEnd, end: span.end }, newText: ':' }),
  }),
  doubledComma: (span: Span, inArray: boolean): Mistake => ({
    kind: 'doubled-separator',
    span,
    message: inArray
      ? 'No element stands before this comma, so nats-server refuses the array. Remove the comma, or write the element.'
      : 'Nothing stands before this separator, so nats-server takes it for the beginning of a key. Remove it.',
    fix: fix('Remove the separator', 'safe', { span, newText: '' }),
  }),
  missingComma: (at: number, span: Span, inArray: boolean): Mistake => ({
    kind: 'missing-separator',
    span,
    message: inArray
      ? 'Two elements on one line need a comma between them, so nats-server refuses this. Write the comma.'
      : 'Two settings on one line need a comma between them, so nats-server refuses this. Write the comma.',
    fix: fix('Insert a comma', 'safe', insert(at, ',')),
  }),
  missingSpace: (at: number, span: Span): Mistake => ({
    kind: 'missing-separator',
    span,
    message: 'Without a space before it the brace is a part of the key, so nats-server sees no block here. Write a space before the brace.',
    fix: fix('Insert a space', 'safe', insert(at, ' ')),
  }),
  oddKey: (span: Span): Mistake => ({
    kind: 'missing-separator',
    span,
    message:
      'A bracket, comma or semicolon inside of an unquoted key is a part of it, which is surely not meant. Write a space before it, or quote the key.',
  }),
  keyOverLines: (span: Span): Mistake => ({
    kind: 'unclosed-quote',
    span,
    message: 'This quoted key runs over several lines, which is surely not meant. Close the quote at the end of the key.',
  }),
  strayText: (text: string, stray: Span, value: Span | undefined): Mistake => ({
    kind: 'stray-text',
    span: stray,
    message: 'An unquoted value ends at the first space, so nats-server refuses what follows. Quote the whole value, or begin a new line.',
    fix: value && quoteFix(text, { start: value.start, end: stray.end }, 'unsafe'),
  }),
  gluedComment: (span: Span): Mistake => ({
    kind: 'stray-text',
    span,
    message:
      'Without a space before it a comment is a part of the value, and nats-server refuses what follows. Write a space before the comment.',
    fix: fix('Insert a space', 'safe', insert(span.start, ' ')),
  }),
  textBehindQuote: (span: Span): Mistake => ({
    kind: 'stray-text',
    span,
    message: 'This text stands behind the closing quote of the value, so nats-server refuses it. Remove it, or move the quote.',
  }),
  textBehindValue: (span: Span): Mistake => ({
    kind: 'stray-text',
    span,
    message: 'Nothing may follow a value on its line but a comma, a semicolon or a comment, so nats-server refuses this. Begin a new line.',
  }),
  quoteInWord: (text: string, quote: Span, word: Span): Mistake => ({
    kind: 'stray-text',
    span: quote,
    message: 'A single quote ends an unquoted value and is swallowed, which is surely not meant. Put the whole value in double quotes.',
    fix: quoteFix(text, word, 'unsafe'),
  }),
  /** At a slash that begins no comment. */
  slash: (text: string, offset: number): Mistake => {
    if (text[offset + 1] !== '*') {
      return {
        kind: 'stray-text',
        span: { start: offset, end: offset + 1 },
        message: 'A comment begins with `//` or `#`; a single slash means nothing here. Remove it, or write it twice.',
      };
    }
    const close = text.indexOf('*/', offset + 2);
    const span = { start: offset, end: close < 0 ? lineEnd(text, offset) : close + 2 };
    return {
      kind: 'block-comment',
      span,
      message: 'Comments of the form `/* */` do not exist here, so nats-server reads this as settings. Begin each line with `#` instead.',
      fix: close < 0 ? undefined : blockCommentFix(text, span),
    };
  },
  nulByte: (span: Span): Mistake => ({
    kind: 'nul-byte',
    span,
    message:
      'A NUL byte counts as the end of the file in most places, so what follows may not be read. Remove it, or save the file as UTF-8.',
    fix: fix('Remove the NUL byte', 'unsafe', { span, newText: '' }),
  }),
  byteOrderMark: (span: Span): Mistake => ({
    kind: 'byte-order-mark',
    span,
    message: 'A byte order mark begins the file, and nats-server takes it for a part of the first key. Save the file as UTF-8 without it.',
    fix: fix('Remove the byte order mark', 'safe', { span, newText: '' }),
  }),

  semicolonInArray: (span: Span): Mistake => ({
    kind: 'missing-separator',
    span,
    message: 'The elements of an array are separated by commas or new lines, so nats-server refuses a semicolon. Write a comma.',
    fix: fix('Replace by a comma', 'safe', { span, newText: ',' }),
  }),
  settingInArray: (span: Span): Mistake => ({
    kind: 'setting-in-array',
    span,
    message:
      'An array holds values, and this is a setting with a key, so nats-server refuses it. Put braces around the settings of each element.',
  }),
  bracedVariable: (text: string, span: Span, alone: boolean): Mistake => ({
    kind: 'braced-variable',
    span,
    message: alone
      ? 'A variable is written without braces; here the `}` closes the block around it, so nats-server misreads the rest. Write `$` and the name only.'
      : 'A variable is written without braces, and never as a part of a word, so nats-server misreads this. Set the whole value by one variable.',
    fix: alone ? fix('Remove the braces', 'safe', { span, newText: `$${text.slice(span.start + 2, span.end - 1)}` }) : undefined,
  }),

  bracesInWord: (text: string, span: Span): Mistake => ({
    kind: 'stray-text',
    span,
    message:
      'An unquoted value ends at `}`, and the brace then closes the block around it, so nats-server misreads the rest. Put the whole value in double quotes.',
    fix: quoteFix(text, span),
  }),

  // Brackets.
  unclosedMap: (span: Span): Mistake => ({
    kind: 'unclosed-map',
    span,
    message: 'This `{` is never closed, so nats-server refuses the file. Write the missing `}`.',
  }),
  unclosedGroup: (span: Span): Mistake => ({
    kind: 'unclosed-map',
    span,
    message:
      'This `{` around the settings is never closed; nats-server reads the file nevertheless. Write the missing `}`, or remove the brace.',
  }),
  unclosedArray: (span: Span): Mistake => ({
    kind: 'unclosed-array',
    span,
    message: 'This `[` is never closed, so nats-server refuses the file. Write the missing `]`.',
  }),
  gluedBracket: (span: Span): Mistake => ({
    kind: 'unclosed-array',
    span,
    message: 'Directly behind a number nats-server reads `]` as a part of the value, so the array is not closed. Write a space before it.',
    fix: fix('Insert a space', 'safe', insert(span.start, ' ')),
  }),
  wrongBracket: (span: Span, right: ']' | '}', open: Span): Mistake => ({
    kind: 'wrong-bracket',
    span,
    message:
      right === ']'
        ? 'An array is closed by `]`, so nats-server refuses this. Replace the brace.'
        : 'A block is closed by `}`, so nats-server refuses this. Replace the bracket.',
    related: [{ span: open, message: right === ']' ? 'The array begins here.' : 'The block begins here.' }],
    fix: fix(`Replace by ${right}`, 'unsafe', { span, newText: right }),
  }),
  unopenedMap: (text: string, span: Span, consequence: 'key' | 'overlooked'): Mistake => ({
    kind: 'unopened-map',
    span,
    message:
      consequence === 'overlooked'
        ? 'This `}` closes nothing; nats-server overlooks it only because of where it stands. Remove it, or find the block that was closed too early.'
        : 'This `}` closes nothing, so nats-server takes it for a key. Remove it, or find the block that was closed too early.',
    fix: fix('Remove the brace', 'unsafe', { span: withItsLine(text, span), newText: '' }),
  }),
  tooMany: (text: string, span: Span): Mistake => ({
    ...(slice(text, span) === '}' ? mistakes.unopenedMap(text, span, 'key') : mistakes.unopenedArray(text, span)),
    message: 'By its indentation this bracket is one too many, and nats-server closes the block around it here. Remove it.',
  }),
  braceTakenForKey: (span: Span): Mistake => ({
    kind: 'unopened-map',
    span,
    message:
      'nats-server before 2.10.16 takes a closing brace on a line of its own for a key unless the file ends there. Remove the braces around the settings.',
  }),
  unopenedArray: (text: string, span: Span): Mistake => ({
    kind: 'unopened-array',
    span,
    message: 'This `]` closes nothing, so nats-server refuses it. Remove it, or find the array that was closed too early.',
    fix: fix('Remove the bracket', 'unsafe', { span: withItsLine(text, span), newText: '' }),
  }),

  // Includes.
  includeWithoutPath: (span: Span): Mistake => ({
    kind: 'invalid-include',
    span,
    message: '`include` needs the path of a file on the same line, so nats-server refuses this. Write the path, relative to this file.',
  }),
  includeNeedsQuotes: (text: string, span: Span): Mistake => ({
    kind: 'invalid-include',
    span,
    message: 'An unquoted path after `include` may not begin with a digit, a minus sign, a backslash or a bracket. Put the path in quotes.',
    fix: span.end > span.start ? quoteFix(text, span) : undefined,
  }),

  tooDeep: (span: Span): Mistake => ({
    kind: 'too-deep',
    span,
    message: 'Brackets are nested deeper here than Authlint follows, so what is inside is not checked. Restructure the configuration.',
  }),
  notUnderstood: (span: Span): Mistake => ({
    kind: 'stray-text',
    span,
    message: 'nats-server refuses the file at about this place. Look at the lines before it.',
  }),
};

const decimalSize = /^(-?\d+\.\d+)([kmgtpe])(b|i|ib)?$/i;

function slice(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

function insert(offset: number, newText: string): TextEdit {
  return { span: { start: offset, end: offset }, newText };
}

export function fix(title: string, safety: SyntaxFix['safety'], ...edits: TextEdit[]): SyntaxFix {
  return { title, safety, edits };
}

/** The whole line where nothing else stands on it. */
function withItsLine(text: string, span: Span): Span {
  const start = lineStart(text, span.start);
  const end = lineEnd(text, span.end);
  if (text.slice(start, span.start).trim() !== '' || text.slice(span.end, end).trim() !== '') return span;
  const newline = /^(\r\n|\r|\n)/.exec(text.slice(end, end + 2));
  return { start, end: end + (newline ? newline[0].length : 0) };
}

/** The text in quotes that need no escapes, if there are such; else in double quotes with escapes. */
export function quoted(content: string): string {
  if (!/["\\]/.test(content)) return `"${content}"`;
  if (!content.includes("'")) return `'${content}'`;
  return `"${content.replace(/["\\]/g, '\\$&')}"`;
}

function quoteFix(text: string, span: Span, safety: SyntaxFix['safety'] = 'safe'): SyntaxFix | undefined {
  const content = slice(text, span);
  if (content === '' || /[\r\n]/.test(content)) return undefined;
  return fix('Quote the value', safety, { span, newText: quoted(content) });
}

/** `1.5GB` is 1536MB: the same size as a whole number of the next smaller unit, where there is one. */
function sizeFix(text: string, span: Span): SyntaxFix | undefined {
  const match = decimalSize.exec(slice(text, span));
  if (!match) return undefined;
  const [, number, letter = '', tail = ''] = match as unknown as [string, string, string, string | undefined];
  const letters = 'kmgtpe';
  const step = tail === '' ? 1000 : 1024;
  const smaller = letters[letters.indexOf(letter.toLowerCase()) - 1];
  const amount = Number(number) * step;
  if (!Number.isSafeInteger(amount) || (smaller === undefined && amount > 2 ** 31)) return undefined;
  const unit = smaller === undefined ? '' : `${letter === letter.toUpperCase() ? smaller.toUpperCase() : smaller}${tail}`;
  return fix(`Write ${amount}${unit}`, 'safe', { span, newText: `${amount}${unit}` });
}

/** What people who know JSON or Windows paths mean by an escape that does not exist here. */
function escapeFix(text: string, offset: number): SyntaxFix | undefined {
  const next = text[offset + 1];
  if (next === '/' || next === "'") {
    return fix('Remove the backslash', 'safe', { span: { start: offset, end: offset + 1 }, newText: '' });
  }
  const unicode = /^\\u([0-9a-f]{4})/i.exec(text.slice(offset, offset + 6));
  const point = unicode ? Number.parseInt(unicode[1] as string, 16) : 0;
  if (point >= 0x20 && (point < 0xd800 || point > 0xdfff) && point !== 0x22 && point !== BACKSLASH) {
    return fix('Write the character itself', 'safe', { span: { start: offset, end: offset + 6 }, newText: String.fromCodePoint(point) });
  }
  return pathFix(text, offset) ?? fix('Double the backslash', 'unsafe', insert(offset, '\\'));
}

/** In `C:\data\nats` every backslash is meant, also those that happen to form an escape. */
function pathFix(text: string, offset: number): SyntaxFix | undefined {
  let start = offset;
  while (start > 0 && !/[\s"',;[\]{}=]/.test(text[start - 1] as string)) start--;
  const path = /^[A-Za-z]:\\[^\s"',;[\]{}]*/.exec(text.slice(start, lineEnd(text, start)))?.[0];
  if (!path) return undefined;
  const newText = path.replace(/\\+/g, run => (run.length % 2 === 0 ? run : `${run}\\`));
  return fix('Double the backslashes', 'unsafe', { span: { start, end: start + path.length }, newText });
}

/** A block whose `)` ends another line gets it on a line of its own; `(text)` on one line becomes a quoted text. */
function blockFix(text: string, start: number, end: number): SyntaxFix | undefined {
  if (text[end - 1] !== ')') return undefined;
  const content = text.slice(start + 1, end - 1);
  if (!/[\r\n]/.test(content)) return fix('Use quotes', 'unsafe', { span: { start, end }, newText: quoted(content) });
  if (/[\r\0]/.test(content)) return undefined;
  if (/\n[ \t]*$/.test(content)) {
    if (/^[ \t]*[^\s]/.test(text.slice(end, lineEnd(text, end)))) return undefined;
    const blanks = (/[ \t]*$/.exec(content) as RegExpExecArray)[0].length;
    if (blanks === 0 && /^[^ \t]/.test(text.slice(end))) return undefined;
    const trailing = (/^[ \t]*/.exec(text.slice(end)) as RegExpExecArray)[0].length;
    return fix('Put the parenthesis at the beginning of its line', 'unsafe', {
      span: { start: end - 1 - blanks, end: end + trailing },
      newText: ')',
    });
  }
  return fix('Put the parenthesis on a line of its own', 'unsafe', insert(end - 1, '\n'));
}

/** Each line of a block comment becomes a line comment; only where nothing stands before or behind it on its lines. */
function blockCommentFix(text: string, span: Span): SyntaxFix | undefined {
  const before = text.slice(Math.max(text.lastIndexOf('\n', span.start - 1), text.lastIndexOf('\r', span.start - 1)) + 1, span.start);
  const behind = text.slice(span.end, lineEnd(text, span.end));
  if (before.trim() !== '' || behind.trim() !== '') return undefined;
  const lines = text.slice(span.start + 2, span.end - 2).split(/(\r\n|\r|\n)/);
  const commented = lines.map((line, i) =>
    i % 2 === 1 ? line : line.trim() === '' && i > 0 ? '' : `${i === 0 ? '' : before}# ${line.replace(/^[\s*]+/, '')}`.trimEnd(),
  );
  return fix('Turn it into line comments', 'safe', { span, newText: commented.join('') });
}
