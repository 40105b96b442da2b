// Tokens in any text: the language that has no files of its own and lives inside of all others.
import type { Language } from '../language.ts';
import { touches } from '../text/span.ts';
import { expiryHints } from './hints.ts';
import { renderToken } from './hover.ts';
import { tokenLenses } from './lenses.ts';
import { buildModel, type JwtModel } from './model.ts';
import { rules } from './rules/index.ts';
import { summarizeTokens, type TokenSummary } from './summary.ts';

export type { JwtModel } from './model.ts';
export type { TokenSummary } from './summary.ts';

interface JwtLanguage extends Language<JwtModel> {
  summarize(model: JwtModel): readonly TokenSummary[];
}

export const jwt: JwtLanguage = {
  id: 'jwt',
  build: buildModel,
  rules,
  isEmpty: model => model.tokens.length === 0,
  summarize: summarizeTokens,
  hover(model, offset, { now }) {
    const token = model.tokens.find(({ span }) => touches(span, offset));
    return token && { span: token.span, markdown: renderToken(token, now) };
  },
  hints: (model, span, { now }) => expiryHints(model, span, now),
  lenses: tokenLenses,
  inspect: model => ({
    tokens: model.tokens.map(({ span, kind, alg, claims }) => ({
      span,
      kind: kind.id,
      alg: alg ?? null,
      claims: Object.keys(claims ?? {}),
    })),
  }),
};
