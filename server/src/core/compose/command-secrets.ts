// Passwords on the command line of a service: `redis-server --requirepass …`, `nats-server --pass …`.
import { spanInside } from '../text/moving-span.ts';
import type { Place } from '../text/place.ts';
import { wordsOfCommands } from './command-words.ts';
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

/** Secrets in `command` and `entrypoint`. */
export function secretsInCommand(service: ServiceDefinition): readonly CommandSecret[] {
  const found: CommandSecret[] = [];
  for (const words of wordsOfCommands(service)) {
    for (const [index, { word, text }] of words.entries()) {
      const [name = '', glued] = word.split(/=(.*)/s, 2);
      if (!option.test(name)) continue;
      const value = glued === undefined ? words[index + 1] : { word: glued, text };
      const secret = value && readSecret(name, value.word, value.text);
      if (secret) found.push(secret);
    }
  }
  return found;
}

function readSecret(name: string, value: string, text: Text): CommandSecret | undefined {
  // Options, shell variables and paths are no secrets.
  if (value === '' || /^[-/$]/.test(value) || value.includes('$')) return undefined;
  const at = text.written.indexOf(value);
  if (at < 0) return undefined;
  const place = { file: text.file, span: spanInside(text.span, at, at + value.length) };
  const variable = /\$\{(\w+):?-$/.exec(text.written.slice(Math.max(0, at - 80), at))?.[1];
  return { option: name, place, how: variable === undefined ? 'literal' : 'default', variable };
}
