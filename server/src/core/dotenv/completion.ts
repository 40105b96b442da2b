// What may be written where the caret stands in an environment file: usual names, and values of those that are no secrets.
import { lineCaretAt } from '../environment/line-caret.ts';
import { productsWithVariables, proposeNames, proposeValues } from '../environment/proposals.ts';
import type { Completion, CompletionContext } from '../language.ts';
import type { DotenvModel } from './model.ts';

/** Best first. */
export function completeAt(model: DotenvModel, offset: number, context: CompletionContext<DotenvModel>): readonly Completion[] {
  const caret = lineCaretAt(model.text, offset);
  if (!caret) return [];
  const { word: span, separated } = caret;
  const { settings } = context;
  if (caret.kind === 'name') {
    const others = model.file.statements.filter(({ nameSpan }) => nameSpan.end < span.start || nameSpan.start > span.end);
    const set = new Set(others.map(({ name }) => name));
    const proposals = proposeNames(productsWithVariables, name => set.has(name), settings);
    return byLikelihood(proposals, context).map(({ name, detail, documentation }) => ({
      ...{ label: name, kind: 'variable' as const, detail, documentation, span },
      insertText: separated ? name : `${name}=`,
    }));
  }
  const neighbours = new Map(model.file.statements.flatMap(({ name, raw }) => (raw && name !== caret.name ? [[name, raw] as const] : [])));
  return proposeValues(caret.name, { settings, names: neighbours.keys(), neighbours, elsewhere: [] }).map(({ value, detail, snippet }) => ({
    ...{ label: value, kind: 'value' as const, detail, span, insertText: value, snippet },
  }));
}

/** What examples and other environment files have comes first, then what belongs to no product. */
function byLikelihood<Proposal extends { readonly name: string; readonly detail: string }>(
  proposals: readonly Proposal[],
  { neighbours }: CompletionContext<DotenvModel>,
): readonly Proposal[] {
  const elsewhere = new Set(neighbours().flatMap(({ file }) => file.statements.map(({ name }) => name)));
  const rank = ({ name, detail }: Proposal) => (elsewhere.has(name) ? 0 : detail === 'usual name' ? 1 : 2);
  return [...proposals].sort((a, b) => rank(a) - rank(b));
}
