// Cuts a Compose file into parts that YAML reads independently of one another: the sections of the file, and each service by itself.
// It answers only where that is beyond doubt; whoever parses a part also looks whether the parser came back out of it.

/** A part of the text, whole lines. */
export interface Piece {
  /** `header` is the line `services:` with the comments below it; `service` an entry of that map; `section` any other top-level entry. */
  readonly kind: 'section' | 'header' | 'service';
  readonly start: number;
  readonly end: number;
  /** Blanks before its key. */
  readonly indent: number;
}

const SPACE = 32;
const HASH = 35;
const LF = 10;

const sectionKey = /[A-Za-z_][\w.-]*:(?=[ \n]|$)/y;
const servicesLine = /services: *(?: #[^\n]*)?(?:\n|$)/y;

/** Undefined for a text that is better read as a whole: several documents, tabs, brackets at the top level, odd keys or indentation. */
export function cutText(text: string): readonly Piece[] | undefined {
  if (text.includes('\t') || text.includes('\r') || text.charCodeAt(0) === 0xfeff) return undefined;
  const pieces: Piece[] = [];
  let open: { kind: Piece['kind']; start: number; indent: number } | undefined;
  /** Indentation of the services, once the first is met below its header; -1 outside of `services:`. */
  let depth = -1;
  const close = (end: number) => {
    if (open) pieces.push({ ...open, end });
  };
  for (let line = 0; line < text.length; ) {
    let first = line;
    while (text.charCodeAt(first) === SPACE) first++;
    const code = text.charCodeAt(first);
    const indent = first - line;
    const isText = first < text.length && code !== LF && code !== HASH;
    const isKey = isText && (indent === 0 || (depth >= 0 && (depth === 0 || indent <= depth)));
    // The keys of the file itself are indented then, or only its first one is.
    if (isText && !isKey && !open) return undefined;
    if (isKey) {
      sectionKey.lastIndex = first;
      if (!sectionKey.test(text)) return undefined;
      if (indent === 0) {
        // A header without services is a section like any other, only that nothing was gained by looking.
        if (open?.kind === 'header') open = { ...open, kind: 'section' };
        close(line);
        servicesLine.lastIndex = first;
        const isHeader = servicesLine.test(text);
        open = { kind: isHeader ? 'header' : 'section', start: open ? line : 0, indent: 0 };
        depth = isHeader ? 0 : -1;
      } else {
        if (depth === 0) depth = indent;
        if (indent !== depth) return undefined;
        close(line);
        open = { kind: 'service', start: line, indent };
      }
    }
    const lineFeed = text.indexOf('\n', first);
    line = lineFeed < 0 ? text.length : lineFeed + 1;
  }
  if (!open || open.kind === 'header') return undefined;
  close(text.length);
  return pieces;
}

/** Whether a text, whole lines, is one service and nothing else, as `cutText` would cut it out of a file. */
export function isOneService(text: string, indent: number): boolean {
  if (text.includes('\t') || text.includes('\r')) return false;
  for (let line = 0; line < text.length; ) {
    let first = line;
    while (text.charCodeAt(first) === SPACE) first++;
    const code = text.charCodeAt(first);
    const isText = first < text.length && code !== LF && code !== HASH;
    if (line === 0) {
      sectionKey.lastIndex = first;
      if (first !== indent || !isText || !sectionKey.test(text)) return false;
    } else if (isText && first - line <= indent) return false;
    const lineFeed = text.indexOf('\n', first);
    line = lineFeed < 0 ? text.length : lineFeed + 1;
  }
  return true;
}
