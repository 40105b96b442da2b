// Colours that follow the meaning of a text.
import {
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensDelta,
  type SemanticTokensDeltaParams,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
} from 'vscode-languageserver';
import type { Range } from '../../core/text/line-map.ts';
import { toSpan } from '../from-lsp.ts';
import { pushSemanticTokens } from '../numbered-tokens.ts';
import type { ServerContext } from '../server.ts';

/** What was sent of each text last, by what all its versions share. */
const sent = new WeakMap<object, SemanticTokensBuilder>();

export function semanticTokens(context: ServerContext, { textDocument }: SemanticTokensParams): SemanticTokens | null {
  const builder = new SemanticTokensBuilder();
  return write(context, textDocument, builder) ? builder.build() : null;
}

/** What differs from the answer before: of a long text, nobody needs to hear everything again after each word. */
export function semanticTokensSince(
  context: ServerContext,
  { textDocument, previousResultId }: SemanticTokensDeltaParams,
): SemanticTokens | SemanticTokensDelta | null {
  const lineage = lineageOf(context, textDocument);
  const builder = (lineage && sent.get(lineage)) ?? new SemanticTokensBuilder();
  builder.previousResult(previousResultId);
  return write(context, textDocument, builder) ? builder.buildEdits() : null;
}

/** Those that the editor shows just now: of a long text they are there long before all are. */
export function semanticTokensIn(context: ServerContext, { textDocument, range }: SemanticTokensRangeParams): SemanticTokens | null {
  const builder = new SemanticTokensBuilder();
  return write(context, textDocument, builder, range) ? builder.build() : null;
}

type Document = SemanticTokensParams['textDocument'];

/** False where there is nothing to tell. */
function write(context: ServerContext, document: Document, builder: SemanticTokensBuilder, range?: Range): boolean {
  const subject = context.session.subjectOf(document.uri);
  const lines = subject?.places.linesOf(subject.id);
  const tokens = subject && lines && subject.scope.analyzer.semanticTokens(subject.id, range && toSpan(range, lines));
  if (!lines || !tokens) return false;
  pushSemanticTokens(builder, tokens, lines);
  const lineage = range ? undefined : lineageOf(context, document);
  if (lineage) sent.set(lineage, builder);
  return true;
}

function lineageOf({ session }: ServerContext, { uri }: Document): object | undefined {
  const subject = session.subjectOf(uri);
  return subject?.scope.analyzer.analysis(subject.id)?.file.lineage;
}
