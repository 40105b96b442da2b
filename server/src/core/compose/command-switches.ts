// Options on the command line of a service that open its product: `--api.insecure` of Traefik.
import { type CommandSwitchFact, commandSwitchFacts } from '../facts/compose-dialects.ts';
import { spanInside } from '../text/moving-span.ts';
import type { Place } from '../text/place.ts';
import { wordsOfCommands } from './command-words.ts';
import { imageOf, isImage } from './image.ts';
import type { Service } from './project.ts';
import { isLoopback, publishedPorts } from './published-ports.ts';
import type { Text } from './service.ts';

export interface CommandSwitch {
  readonly fact: CommandSwitchFact;
  readonly word: string;
  readonly place: Place;
}

/** Those that let somebody in from outside: an option that opens a port counts where the host publishes it. */
export function switchesInCommands(service: Service): readonly CommandSwitch[] {
  const image = imageOf(service);
  const facts = image ? commandSwitchFacts.filter(fact => isImage(image, fact.images) && isReached(service, fact.port)) : [];
  if (facts.length === 0) return [];
  return wordsOfCommands(service.definition)
    .flat()
    .flatMap(({ word, text }) =>
      facts.filter(({ option }) => option.test(word.toLowerCase())).map(fact => ({ fact, word, place: placeOf(word, text) })),
    );
}

function isReached({ definition }: Service, port: number | undefined): boolean {
  if (port === undefined || definition.texts.get('network_mode')?.text === 'host') return true;
  return publishedPorts(definition).some(({ target, address }) => target === port && !isLoopback(address));
}

function placeOf(word: string, { written, file, span }: Text): Place {
  const at = written.indexOf(word);
  return { file, span: at < 0 ? span : spanInside(span, at, at + word.length) };
}
