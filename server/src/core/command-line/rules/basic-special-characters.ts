// Some characters of a user name or password mean something to a URL or a shell, so that other ones arrive than were meant.
import { mildness } from '../../jwt/file-kind.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Span } from '../../text/span.ts';
import { type CommandModel, optionsNamed } from '../model.ts';
import { partOf, type Word } from '../shell.ts';

export default defineRule<CommandModel>({
  id: 'command/basic-special-characters',
  severity: 'warning',
  since: '0.1.0',
  *check(model, { file }) {
    for (const invocation of model.invocations) {
      const values = invocation.options.flatMap(({ name, value }) => (/url|proxy|server/.test(name) && value ? [value] : []));
      for (const word of [...invocation.arguments, ...values]) {
        const info = userinfoOf(word);
        if (!info) continue;
        yield {
          span: info.word.span,
          message: `In an address, ${info.odd} of a user name or password must be written with percent signs, so other credentials arrive than these and the answer is 401. Encode them (\`@\` is \`%40\`, \`:\` is \`%3A\`, \`%\` is \`%25\`), or give them by an option.`,
          fix: {
            title: 'Encode the user name and password',
            safety: 'unsafe',
            edits: () => [{ file, span: info.word.span, newText: encode(info.word.text) }],
          },
          ...mildness(model),
        };
      }
      for (const { value } of optionsNamed(invocation, '--user', '--password')) {
        const replaced = value && replacedByShell(value, model.text);
        if (!value || !replaced) continue;
        yield {
          span: replaced,
          message:
            'The shell replaces these characters before the program sees them, so another password arrives than was meant and the answer is 401. Put the whole word into single quotes.',
          ...mildness(model),
        };
      }
    }
  },
});

/** User name and password of an address, where they hold what an address cannot hold as it is. */
function userinfoOf(word: Word): { word: Word; odd: string } | undefined {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(word.text)?.[0];
  if (scheme === undefined) return undefined;
  const rest = word.text.slice(scheme.length);
  const end = /[/?#]/.exec(rest)?.index ?? rest.length;
  const at = rest.slice(0, end).lastIndexOf('@');
  if (at < 0) return undefined;
  const info = partOf(word, scheme.length, scheme.length + at);
  if (info.unknowns.length > 0) return undefined;
  const odd = [
    info.text.includes('@') ? '`@`' : '',
    info.text.split(':').length > 2 ? '`:`' : '',
    /%(?![0-9a-f]{2})/i.test(info.text) ? '`%`' : '',
    /\s/.test(info.text) ? 'a space' : '',
  ].filter(Boolean);
  return odd.length > 0 ? { word: info, odd: odd.join(' and ') } : undefined;
}

/** The first colon parts the name from the password. */
function encode(info: string): string {
  const colon = info.indexOf(':');
  const parts = colon < 0 ? [info] : [info.slice(0, colon), info.slice(colon + 1)];
  return parts
    .map(part => encodeURIComponent(part.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))))
    .join(':');
}

/** `$$`, `$1`, `$!` inside of a password: nobody means the number of the shell's process. */
function replacedByShell(word: Word, text: string): Span | undefined {
  const odd = word.unknowns.find(
    ({ start, end, variable }) => variable === undefined && /^\$[$0-9!#?*@-]$/.test(word.text.slice(start, end)),
  );
  if (!odd || odd.start === 0) return undefined;
  const { span } = partOf(word, odd.start, odd.end);
  return text.slice(span.start, span.end) === word.text.slice(odd.start, odd.end) ? span : undefined;
}
