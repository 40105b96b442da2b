// White space as Go's `unicode.IsSpace` sees it; JavaScript's `\s` differs by U+0085 and U+FEFF.

/** Any white space, line breaks included. */
export function isSpace(char: string | undefined): boolean {
  return char !== undefined && (char === '\u0085' || (char !== '\uFEFF' && /\s/.test(char)));
}

/** White space as compose-go's dotenv reader skips it inside of a line. */
export function isInlineSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\v' || char === '\f' || char === '\u0085' || char === '\u00A0';
}

/** `text` without white space at its end. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1])) end--;
  return text.slice(0, end);
}
