// Above each token: to look into it and to have it checked. The commands are told where it stands, so that no token travels in an argument.
import type { Lens } from '../language.ts';
import type { JwtModel } from './model.ts';

/** What the commands behind the lenses are told. */
export interface TokenLensArgument {
  readonly file: string;
  /** UTF-16 offset of the token in its file. */
  readonly offset: number;
}

/** Tokens above which a text is a list of tokens, where words above each would only be in the way. */
const most = 50;

export function tokenLenses({ file, fileKind, tokens }: JwtModel): readonly Lens[] {
  if (fileKind === 'log' || tokens.length > most) return [];
  return tokens.flatMap(({ span, kind }) => {
    const argument: TokenLensArgument = { file, offset: span.start };
    return [
      { span, title: `Decode ${kind.words}`, command: { id: 'authlint.decodeToken', arguments: [argument] } },
      { span, title: 'Check token', command: { id: 'authlint.checkToken', arguments: [argument] } },
    ];
  });
}
