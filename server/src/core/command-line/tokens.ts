// Tokens that commands send: written into them, or held by a variable of the same script.
import { numberClaim, parseTokens, type Token } from '../jwt/parser.ts';
import type { Span } from '../text/span.ts';
import { type CommandModel, headersOf, type Invocation, optionsNamed } from './model.ts';
import { literalOf, type Word } from './shell.ts';

export interface SentToken {
  readonly invocation: Invocation;
  /** What sends it: the name of the option or of the header. */
  readonly span: Span;
  readonly token: Token;
  /** Seconds since the epoch; undefined for a token without an end. */
  readonly expiry: number | undefined;
  /** Where it is written, if in a variable. */
  readonly assigned: Span | undefined;
  /** The word that holds it, wherever that is. */
  readonly written: Span;
}

/** JWTs among what the commands of a file send to prove who they are. */
export function sentTokens(model: CommandModel): readonly SentToken[] {
  return model.invocations.flatMap(invocation => [
    ...optionsNamed(invocation, '--token', '--secondary-token', '--oauth2-bearer').flatMap(({ nameSpan, value }) =>
      value ? tokenOf(model, invocation, nameSpan, value) : [],
    ),
    ...headersOf(invocation)
      .filter(({ name }) => /^authorization$/i.test(name))
      .flatMap(({ nameSpan, value }) => tokenOf(model, invocation, nameSpan, value)),
  ]);
}

function tokenOf(model: CommandModel, invocation: Invocation, span: Span, word: Word): SentToken[] {
  const written = parseTokens(word.text)[0];
  if (written) return [{ invocation, span, token: written, expiry: numberClaim(written, 'exp'), assigned: undefined, written: word.span }];
  const [variable, ...others] = word.unknowns;
  const value = variable?.variable === undefined || others.length > 0 ? undefined : model.variables.get(variable.variable);
  const held = value && literalOf(value) !== undefined ? parseTokens(value.text)[0] : undefined;
  return held && value
    ? [{ invocation, span, token: held, expiry: numberClaim(held, 'exp'), assigned: value.span, written: value.span }]
    : [];
}
