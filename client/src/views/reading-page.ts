// A rule's page is test and documentation at once. What is written for the test is put into words for a reader.

const fence = /^(`{3,})([\w-]*)[ \t]*([^\n]*)\n([\s\S]*?)^\1[ \t]*$/gm;

/** The preview's highlighter knows no NATS configuration; YAML is close. */
const highlighters: Readonly<Record<string, string>> = { 'nats-conf': 'yaml', fixed: 'yaml', dotenv: 'ini' };

/** Markdown for reading from the Markdown of a rule's page. */
export function toReadingPage(page: string): string {
  return page.replace(fence, (_, ticks: string, kind: string, words: string, body: string) => {
    if (kind === 'findings') return `\nAuthlint says:\n\n${body.split('\n').map(toListItem).join('\n')}`;
    const block = `${ticks}${highlighters[kind] ?? kind}\n${body}${ticks}`;
    if (kind === 'fixed') return `\nAfter the fix${words ? ` “${words}”` : ''}:\n\n${block}`;
    const file = /(?:^|\s)file=(\S+)/.exec(words)?.[1];
    const server = /(?:^|\s)natsServer=(\S+)/.exec(words)?.[1];
    const captions = [...(file ? [`\`${file}\``] : []), ...(server ? [`for nats-server ${server}`] : [])];
    return captions.length > 0 ? `\n${captions.join(', ')}:\n\n${block}` : block;
  });
}

/** `5:33 «true» message` as an item of a list. */
function toListItem(line: string): string {
  const [, place, text = '', message] = /^(\S*\d+:\d+) «(.*?)» (.*)$/.exec(line) ?? [];
  if (message === undefined) return line;
  const ticks = text.includes('`') ? '``' : '`';
  return `- **${place}**${text ? ` ${ticks}${text}${ticks}` : ''} — ${message}`;
}
