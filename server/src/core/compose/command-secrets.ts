// Passwords on the command line of a service: `redis-server --requirepass …`, `nats-server --pass …`.
import type { FileId } from '../text/file-id.ts';
import { spanInside } from '../text/moving-span.ts';
import type { Place } from '../text/place.ts';
import type { ServiceDefinition, Text } from './service.ts';

export interface CommandSecret {
  readonly option: string;
  /** Where the text of the secret stands. */
  readonly place: Place;
  readonly how: 'literal' | 'default';
  /** The variable whose default it is. */
  readonly variable: string | undefined;
}

const option = /^--?(?:requirepass|masterauth|pass|password|auth|masterkey|api-key|client-secret|cookie-secret|admin-password)$/;

/** Secrets in `command` and `entrypoint`. `read` gives the text of a file. */
export function secretsInCommand(service: ServiceDefinition, read: (file: FileId) => string): readonly CommandSecret[] {
  const found: CommandSecret[] = [];
  for (const texts of service.commands.values()) {
    const words = texts.length === 1 && texts[0] ? splitWords(texts[0]) : texts.map(text => ({ word: text.text, text }));
    for (const [index, { word, text }] of words.entries()) {
      const [name = '', glued] = word.split(/=(.*)/s, 2);
      if (!option.test(name)) continue;
      const value = glued === undefined ? words[index + 1] : { word: glued, text };
      const secret = value && readSecret(name, value.word, value.text, read);
      if (secret) found.push(secret);
    }
  }
  return found;
}

interface Word {
  readonly word: string;
  readonly text: Text;
}

function splitWords(text: Text): readonly Word[] {
  return [...text.text.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)].map(match => ({ word: match[1] ?? match[2] ?? match[0], text }));
}

function readSecret(name: string, value: string, text: Text, read: (file: FileId) => string): CommandSecret | undefined {
  // Options, shell variables and paths are no secrets.
  if (value === '' || /^[-/$]/.test(value) || value.includes('$')) return undefined;
  const source = read(text.file);
  const at = source.indexOf(value, text.span.start);
  if (at < 0 || at + value.length > text.span.end) return undefined;
  const within = at - text.span.start;
  const place = { file: text.file, span: spanInside(text.span, within, within + value.length) };
  const variable = /\$\{(\w+):?-$/.exec(source.slice(Math.max(text.span.start, at - 80), at))?.[1];
  return { option: name, place, how: variable === undefined ? 'literal' : 'default', variable };
}
