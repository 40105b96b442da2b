// Semantic tokens as the protocol numbers them.
import type { SemanticTokensBuilder } from 'vscode-languageserver';
import { type SemanticToken, semanticTokenModifiers, semanticTokenTypes } from '../core/language.ts';
import type { LineMap } from '../core/text/line-map.ts';

export const semanticTokensLegend = { tokenTypes: [...semanticTokenTypes], tokenModifiers: [...semanticTokenModifiers] };

/** Tokens in the order of the text, given to what writes them down for the protocol. */
export function pushSemanticTokens(builder: SemanticTokensBuilder, tokens: readonly SemanticToken[], lines: LineMap): void {
  // Most stand on the line of the one before.
  let [line, from, to] = [0, 0, 0];
  for (const { span, type, modifiers } of tokens) {
    const { start, end } = span;
    if (start < from || to <= start) {
      line = lines.lineAt(start);
      [from, to] = [lines.lineStart(line), lines.lineStart(line + 1)];
    }
    let bits = 0;
    for (const modifier of modifiers) bits |= 1 << semanticTokenModifiers.indexOf(modifier);
    builder.push(line, start - from, end - start, semanticTokenTypes.indexOf(type), bits);
  }
}
