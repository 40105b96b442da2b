// Sentences inside of Markdown.

/** Our sentences quote names from files and tokens: nothing in them may become markup, except what stands between backticks as code. */
export function prose(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .split('`')
    .map((piece, index) => (index % 2 === 1 ? `\`${piece.replaceAll('|', '\\|')}\`` : piece.replace(/[\\*_[\]<>#|!~&]/g, '\\$&')))
    .join('');
}
