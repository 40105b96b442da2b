// Where an offset stands inside of brackets: `environment: {NAME: value}`, `["NAME=value"]`, and whole files in JSON. The brackets need not
// be closed yet, so they are read from the left, and a line that stands too far left ends them.

/** The entry of a map or list in brackets that an offset stands in. */
export interface FlowPlace {
  readonly kind: 'map' | 'list';
  /** Keys that hold the map or list within the outermost brackets, the innermost first; a list among them is an empty text. */
  readonly path: readonly string[];
  /** Where the outermost brackets open. */
  readonly open: number;
  /** Where the entry begins, blanks left out. */
  readonly start: number;
}

/** A bracket that is open. */
interface Frame {
  readonly kind: 'map' | 'list';
  /** Behind the bracket or the last comma. */
  start: number;
  /** The key of the entry, once its colon is met. */
  key: string | undefined;
}

const opening = /^( *)(?:- +)*(?:(?:"[^"\n]*"|'[^'\n]*'|[\w.$-]+) *: +)?(?:[&!]\S* +)*[{[]/;

const anyBracket = /[[{]/g;

/** Undefined outside of brackets, and in a comment within them. */
export function flowPlaceAt(text: string, offset: number): FlowPlace | undefined {
  for (let line = 0; line <= offset; ) {
    anyBracket.lastIndex = line;
    const bracket = anyBracket.test(text) ? anyBracket.lastIndex - 1 : text.length;
    if (bracket >= offset) return undefined;
    line = text.lastIndexOf('\n', bracket) + 1;
    const lineFeed = text.indexOf('\n', line);
    const end = lineFeed < 0 ? text.length : lineFeed;
    const match = opening.exec(text.slice(line, end));
    if (!match) {
      line = end + 1;
      continue;
    }
    const open = line + match[0].length - 1;
    if (open >= offset) return undefined;
    const found = readBrackets(text, open, offset, open === 0 ? -1 : (match[1] as string).length);
    if (typeof found !== 'number') return found;
    const next = text.indexOf('\n', found);
    line = next < 0 ? text.length + 1 : next + 1;
  }
  return undefined;
}

/** The place at the offset, or where the brackets end before it. `indent`: of the line that opens them. */
function readBrackets(text: string, open: number, offset: number, indent: number): FlowPlace | number | undefined {
  const frames: Frame[] = [];
  let at = open;
  while (at < offset) {
    const char = text[at] as string;
    const frame = frames.at(-1);
    if (char === '{' || char === '[') frames.push({ kind: char === '{' ? 'map' : 'list', start: at + 1, key: undefined });
    else if (char === '}' || char === ']') {
      frames.pop();
      if (frames.length === 0) return at;
    } else if (frame && char === ',') Object.assign(frame, { start: at + 1, key: undefined });
    else if (
      frame &&
      char === ':' &&
      frame.kind === 'map' &&
      frame.key === undefined &&
      /["'\s]/.test(text[at - 1] + (text[at + 1] ?? ' '))
    ) {
      frame.key = text
        .slice(frame.start, at)
        .trim()
        .replace(/^["']|["']$/g, '');
    } else if (char === '"' || char === "'") {
      const close = closingQuote(text, at, char);
      if (close >= offset) break;
      at = close;
    } else if (char === '#' && /\s/.test(text[at - 1] ?? '')) {
      const end = text.indexOf('\n', at);
      if (end < 0 || end >= offset) return undefined;
      at = end - 1;
    } else if (char === '\n' && endsHere(text, at + 1, indent)) return at;
    at++;
  }
  const last = frames.at(-1);
  if (!last) return undefined;
  const path = frames.slice(0, -1).map(frame => (frame.kind === 'list' ? '' : (frame.key ?? '')));
  const blanks = /^\s*/.exec(text.slice(last.start, offset))?.[0].length ?? 0;
  return { kind: last.kind, path: path.reverse(), open, start: last.start + blanks };
}

/** Index of the closing quote; of the end of the line where there is none, since somebody is typing. */
function closingQuote(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\n') return at - 1;
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

/** Whether a line stands too far left to be within brackets that a line with this indentation opens. */
function endsHere(text: string, line: number, indent: number): boolean {
  const match = /^( *)([^\s])/.exec(text.slice(line, text.indexOf('\n', line) < 0 ? text.length : text.indexOf('\n', line)));
  return match !== null && (match[1] as string).length <= indent && !/[\]}]/.test(match[2] as string);
}
