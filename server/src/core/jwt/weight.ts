// How much a finding about a token counts in its file, decided in one place for all rules.
import { isNone } from '../facts/jwt-algorithms.ts';
import { publishedSample } from '../facts/jwt-published-samples.ts';
import type { LanguageId } from '../language.ts';
import { remember } from '../text/remember.ts';
import { type FileKind, isForShow } from './file-kind.ts';
import { isNats } from './kind.ts';
import type { JwtModel } from './model.ts';
import type { Token } from './parser.ts';

/**
 * `full`: the rule's own severity. `mild`: information at most, because the token is for show. `none`: nothing, because the token is
 * a published sample in a text that explains it, or because another language of the same file judges it.
 */
export type Weight = 'full' | 'mild' | 'none';

export function weightOf(token: Token, fileKind: FileKind, owner: LanguageId | undefined): Weight {
  if (owner === 'nats-conf' && isNats(token.kind)) return 'none';
  if (token.claims && publishedSample(token.claims)) return fileKind === 'documentation' ? 'none' : 'mild';
  return isForShow(fileKind) ? 'mild' : 'full';
}

interface JudgedToken {
  readonly token: Token;
  readonly index: number;
  readonly mild: boolean;
  readonly severity: { readonly severity?: 'information' };
}

/** Tokens that count, each with what its findings need to become mild. */
export const judged = remember(({ tokens, weights }: JwtModel): readonly JudgedToken[] =>
  tokens.flatMap((token, index) => {
    const mild = weights[index] === 'mild';
    return weights[index] === 'none' ? [] : [{ token, index, mild, severity: mild ? { severity: 'information' as const } : {} }];
  }),
);

/** Tokens about which it is worth telling their issuer something: meant for use and signed. Others have worse faults, or none that matter. */
export function* issued(model: JwtModel): Generator<Token> {
  for (const { token, mild } of judged(model)) {
    if (!mild && token.alg !== undefined && !isNone(token.alg)) yield token;
  }
}
