// Sentences: inside of Markdown, and with lists in them.

/** Our sentences quote names from files and tokens: nothing in them may become markup, except what stands between backticks as code. */
export function prose(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .split('`')
    .map((piece, index) => (index % 2 === 1 ? `\`${piece.replaceAll('|', '\\|')}\`` : piece.replace(/[\\*_[\]<>#|!~&]/g, '\\$&')))
    .join('');
}

/** `a, b and c`. */
export function enumerated(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
