// How much a finding about a token counts in its file, decided in one place for all rules.
import { isNone } from '../facts/jwt-algorithms.ts';
import { publishedSample } from '../facts/jwt-published-samples.ts';
import { isForShow } from './file-kind.ts';
import { isNats } from './kind.ts';
import type { JwtModel } from './model.ts';
import type { Token } from './parser.ts';

/**
 * `full`: the rule's own severity. `mild`: information at most, because the token is for show. `none`: nothing, because the token is
 * a published sample in a text that explains it, or because another language of the same file judges it.
 */
export type Weight = 'full' | 'mild' | 'none';

export function weightOf(model: JwtModel, token: Token): Weight {
  if (model.owner === 'nats-conf' && isNats(token.kind)) return 'none';
  if (token.claims && publishedSample(token.claims)) return model.fileKind === 'documentation' ? 'none' : 'mild';
  return isForShow(model.fileKind) ? 'mild' : 'full';
}

/** Tokens that count, each with what its findings need to become mild. */
export function* judged(model: JwtModel): Generator<{ token: Token; mild: boolean; severity: { severity?: 'information' } }> {
  for (const token of model.tokens) {
    const weight = weightOf(model, token);
    if (weight === 'none') continue;
    const mild = weight === 'mild';
    yield { token, mild, severity: mild ? { severity: 'information' } : {} };
  }
}

/** Tokens about which it is worth telling their issuer something: meant for use and signed. Others have worse faults, or none that matter. */
export function* issued(model: JwtModel): Generator<Token> {
  for (const { token, mild } of judged(model)) {
    if (!mild && token.alg !== undefined && !isNone(token.alg)) yield token;
  }
}
