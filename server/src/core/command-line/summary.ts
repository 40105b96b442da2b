// What rules over several files ask of commands: the headers that they send by hand.
import { isForShow } from '../jwt/file-kind.ts';
import type { Span } from '../text/span.ts';
import { type CommandModel, headersOf } from './model.ts';
import { literalOf } from './shell.ts';

export interface CommandSummary {
  readonly header: string;
  /** Of the header's name. */
  readonly span: Span;
  /** Address of the request; undefined where it is put together from variables. */
  readonly url: string | undefined;
  /** The file is a test, an example or documentation. */
  readonly forShow: boolean;
}

/** Headers that name a user without proof: those of development modes and of platforms behind a gateway. */
const trusted = /^x-(dev|nmp)-/i;

export function summarizeCommands({ invocations, fileKind }: CommandModel): readonly CommandSummary[] | undefined {
  const found = invocations.flatMap(invocation => {
    const address = invocation.arguments.find(({ text }) => /^(https?:\/\/|localhost|\$)/.test(text));
    const url = address && literalOf(address);
    return headersOf(invocation)
      .filter(({ name }) => trusted.test(name))
      .map(({ name, nameSpan }) => ({ header: name, span: nameSpan, url, forShow: isForShow(fileKind) }));
  });
  return found.length > 0 ? found : undefined;
}
