// What rules over several files ask of commands: the headers that they send by hand, and the tokens that they send where.
import { isForShow } from '../jwt/file-kind.ts';
import type { Span } from '../text/span.ts';
import { type CommandModel, headersOf, type Invocation, knownText } from './model.ts';
import { literalOf } from './shell.ts';
import { sentTokens } from './tokens.ts';
import { isWriting } from './writing.ts';

export interface CommandSummary {
  readonly headers: readonly SentHeader[];
  readonly tokens: readonly SentTokenSummary[];
}

/** A header that names a user without proof. */
export interface SentHeader {
  readonly header: string;
  /** Of the header's name. */
  readonly span: Span;
  /** Address of the request; undefined where it is put together from what only a run tells. */
  readonly url: string | undefined;
  /** Undefined where only a run tells. */
  readonly value: string | undefined;
  readonly isWriting: boolean;
  /** The file is a test, an example or documentation. */
  readonly forShow: boolean;
}

/** A token on its way to somebody. */
export interface SentTokenSummary {
  /** The word that holds it. */
  readonly written: Span;
  /** The command. */
  readonly span: Span;
  readonly url: string | undefined;
  readonly isWriting: boolean;
}

/** Headers that name a user without proof: those of development modes and of platforms behind a gateway. */
const trusted = /^x-(dev|nmp)-/i;

export function isDevelopmentHeader({ header }: SentHeader): boolean {
  return /^x-dev-(user-id|permissions)$/i.test(header);
}

export function summarizeCommands(model: CommandModel): CommandSummary | undefined {
  const forShow = isForShow(model.fileKind);
  const headers = model.invocations.flatMap(invocation =>
    headersOf(invocation)
      .filter(({ name }) => trusted.test(name))
      .map(({ name, nameSpan, value }) => ({
        ...{ header: name, span: nameSpan, value: literalOf(value), forShow },
        ...requestOf(model, invocation),
      })),
  );
  const tokens = sentTokens(model).map(({ written, invocation }) => ({
    written,
    span: invocation.span,
    ...requestOf(model, invocation),
  }));
  return headers.length + tokens.length > 0 ? { headers, tokens } : undefined;
}

function requestOf(model: CommandModel, invocation: Invocation): Pick<SentHeader, 'url' | 'isWriting'> {
  const address = invocation.arguments.find(({ text }) => /^(https?:\/\/|localhost|\$)/.test(text));
  return { url: address && knownText(model, address), isWriting: isWriting(invocation) };
}
