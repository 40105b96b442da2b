// A rule's page is test and documentation at once. What only the test understands is put into words for a reader.

/** Markdown for reading from the Markdown of a rule's page. */
export function toReadingPage(page: string): string {
  return page
    .replace(/^(`{3,})findings[^\n]*\n/gm, (_, fence) => `Authlint says:\n\n${fence}text\n`)
    .replace(/^(`{3,})fixed[ \t]*([^\n]*)\n/gm, (_, fence, fix) => `After the fix${fix ? ` “${fix}”` : ''}:\n\n${fence}\n`);
}
