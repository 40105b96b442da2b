// The words of what a service runs, each with the text that it stands in.
import type { ServiceDefinition, Text } from './service.ts';

export interface CommandWord {
  readonly word: string;
  readonly text: Text;
}

/** Words of `command` and of `entrypoint`, however they are written. */
export function wordsOfCommands(service: ServiceDefinition): readonly (readonly CommandWord[])[] {
  return [...service.commands.values()].map(texts =>
    texts.length === 1 && texts[0] ? splitWords(texts[0]) : texts.map(text => ({ word: text.text, text })),
  );
}

function splitWords(text: Text): readonly CommandWord[] {
  return [...text.text.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)].map(match => ({ word: match[1] ?? match[2] ?? match[0], text }));
}
