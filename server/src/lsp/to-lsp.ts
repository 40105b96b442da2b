// From our words to the protocol's. The only place where offsets become lines and characters for an editor.
import {
  type ClientCapabilities,
  type CodeLens,
  type CompletionItem,
  CompletionItemKind,
  CreateFile,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  type Hover,
  type InlayHint,
  InsertTextFormat,
  type Location,
  MarkupKind,
  type Range,
  type SelectionRange,
  SymbolKind,
  TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { pageUrl } from '../core/facts/product.ts';
import { rulePaths } from '../core/facts/rule-paths.ts';
import type { Completion, CompletionKind, Fold, Hint, Lens, Link, NameKind, Hover as OurHover, OutlineEntry } from '../core/language.ts';
import type { Finding, RuleId, Severity, Tag } from '../core/lint/finding.ts';
import type { Edit } from '../core/text/edit.ts';
import type { FileId } from '../core/text/file-id.ts';
import { LineMap } from '../core/text/line-map.ts';
import type { Place } from '../core/text/place.ts';
import type { Span } from '../core/text/span.ts';

/** What a conversion asks about files. */
export interface Places {
  uriOf(id: FileId): string;
  /** Undefined for a file that is not loaded. */
  linesOf(id: FileId): LineMap | undefined;
  /** Version of the editor's text; null where the editor has none. */
  versionOf(id: FileId): number | null;
}

/** What the client understands of the things that we send. */
export interface ClientAbilities {
  readonly relatedInformation: boolean;
  readonly tags: readonly DiagnosticTag[];
  readonly markdown: boolean;
  /** Proposals with places to fill in. */
  readonly snippets: boolean;
  /** Edits that name the version they were made for. */
  readonly documentChanges: boolean;
  /** Edits that create a file. */
  readonly createFiles: boolean;
  /** Code actions whose edit is worked out when they are chosen. */
  readonly resolvesActions: boolean;
}

export function toClientAbilities(capabilities: ClientCapabilities | undefined): ClientAbilities {
  const diagnostics = capabilities?.textDocument?.publishDiagnostics;
  const edit = capabilities?.workspace?.workspaceEdit;
  const action = capabilities?.textDocument?.codeAction;
  const hoverFormats = capabilities?.textDocument?.hover?.contentFormat;
  return {
    relatedInformation: diagnostics?.relatedInformation === true,
    tags: diagnostics?.tagSupport?.valueSet ?? [],
    markdown: hoverFormats === undefined || hoverFormats.includes(MarkupKind.Markdown),
    snippets: capabilities?.textDocument?.completion?.completionItem?.snippetSupport === true,
    documentChanges: edit?.documentChanges === true,
    createFiles: edit?.documentChanges === true && edit.resourceOperations?.includes('create') === true,
    resolvesActions: action?.dataSupport === true && action.resolveSupport?.properties.includes('edit') === true,
  };
}

const severityOf: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const tagOf: Record<Tag, DiagnosticTag> = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated };

const noLines = new LineMap('');

export function toRange(id: FileId, span: Span, places: Places): Range {
  return (places.linesOf(id) ?? noLines).rangeOf(span);
}

export function toLocation({ file, span }: Place, places: Places): Location {
  return { uri: places.uriOf(file), range: toRange(file, span, places) };
}

/** Where each rule's page is: made once, since thousands of diagnostics point to the same few. */
const pages: ReadonlyMap<RuleId, { readonly href: string }> = new Map(
  Array.from(rulePaths, ([rule, path]) => [rule, { href: pageUrl(path) }]),
);

export function toDiagnostic(finding: Finding, places: Places, abilities: ClientAbilities): Diagnostic {
  // Field by field: a large file has thousands of findings, and all of them are sent anew with every edit.
  const diagnostic: Diagnostic = {
    range: toRange(finding.file, finding.span, places),
    severity: severityOf[finding.severity],
    code: finding.rule,
    source: 'authlint',
    message: finding.message,
  };
  const page = pages.get(finding.rule);
  if (page) diagnostic.codeDescription = page;
  const tag = finding.tag && tagOf[finding.tag];
  if (tag && abilities.tags.includes(tag)) diagnostic.tags = [tag];
  if (abilities.relatedInformation && finding.related.length > 0) {
    diagnostic.relatedInformation = finding.related.map(related => ({ location: toLocation(related, places), message: related.message }));
  }
  return diagnostic;
}

/** Undefined where the edits need something that the client cannot do, which is to create a file. */
export function toWorkspaceEdit(edits: readonly Edit[], places: Places, abilities: ClientAbilities): WorkspaceEdit | undefined {
  const byFile = new Map<FileId, TextEdit[]>();
  for (const { file, span, newText } of edits) {
    byFile.set(file, [...(byFile.get(file) ?? []), { range: toRange(file, span, places), newText }]);
  }
  const created = [...byFile.keys()].filter(file => !places.linesOf(file));
  if (created.length > 0 && !abilities.createFiles) return undefined;
  if (!abilities.documentChanges) {
    return { changes: Object.fromEntries([...byFile].map(([file, textEdits]) => [places.uriOf(file), textEdits])) };
  }
  return {
    documentChanges: [
      ...created.map(file => CreateFile.create(places.uriOf(file), { ignoreIfExists: true })),
      ...[...byFile].map(([file, textEdits]) =>
        TextDocumentEdit.create({ uri: places.uriOf(file), version: places.versionOf(file) }, textEdits),
      ),
    ],
  };
}

/** Several hovers become one, over the smallest place that they share. */
export function toHover(hovers: readonly OurHover[], id: FileId, places: Places, abilities: ClientAbilities): Hover | null {
  const [first] = hovers;
  if (!first) return null;
  const span = hovers.reduce((best, { span }) => (span.end - span.start < best.end - best.start ? span : best), first.span);
  return {
    contents: {
      kind: abilities.markdown ? MarkupKind.Markdown : MarkupKind.PlainText,
      value: hovers.map(({ markdown }) => markdown).join('\n\n---\n\n'),
    },
    range: toRange(id, span, places),
  };
}

const completionKindOf: Record<CompletionKind, CompletionItemKind> = {
  option: CompletionItemKind.Property,
  block: CompletionItemKind.Module,
  word: CompletionItemKind.EnumMember,
  value: CompletionItemKind.Value,
  name: CompletionItemKind.Reference,
  variable: CompletionItemKind.Variable,
  file: CompletionItemKind.File,
  keyword: CompletionItemKind.Keyword,
  snippet: CompletionItemKind.Snippet,
};

/** In our order, which the editor would not know otherwise. What is nothing but a snippet is left out where the editor has none. */
export function toCompletionItems(
  completions: readonly Completion[],
  id: FileId,
  places: Places,
  { snippets, markdown }: ClientAbilities,
): CompletionItem[] {
  const shown = completions.filter(({ kind }) => snippets || kind !== 'snippet');
  return shown.map(({ label, kind, detail, documentation, span, insertText, snippet }, i) => ({
    label,
    kind: completionKindOf[kind],
    sortText: String(i).padStart(4, '0'),
    ...(detail ? { detail } : {}),
    ...(documentation ? { documentation: { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value: documentation } } : {}),
    ...(snippets && snippet !== undefined ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    textEdit: { range: toRange(id, span, places), newText: snippets ? (snippet ?? insertText) : insertText },
  }));
}

const symbolKindOf: Record<OutlineEntry['kind'], SymbolKind> = {
  block: SymbolKind.Object,
  list: SymbolKind.Array,
  value: SymbolKind.Property,
  include: SymbolKind.File,
};

export function toDocumentSymbols(entries: readonly OutlineEntry[], id: FileId, places: Places): DocumentSymbol[] {
  return entries.map(({ name, kind, span, nameSpan, children }) => ({
    name,
    kind: symbolKindOf[kind],
    range: toRange(id, span, places),
    selectionRange: toRange(id, nameSpan, places),
    children: toDocumentSymbols(children, id, places),
  }));
}

/** The line of a closing bracket stays in sight. */
export function toFoldingRanges(folds: readonly Fold[], id: FileId, places: Places): FoldingRange[] {
  return folds.flatMap(({ span, kind }) => {
    const { start, end } = toRange(id, span, places);
    const endLine = kind === 'comment' ? end.line : end.line - 1;
    return endLine > start.line
      ? [{ startLine: start.line, endLine, ...(kind === 'comment' ? { kind: FoldingRangeKind.Comment } : {}) }]
      : [];
  });
}

/** `spans` from the innermost to the outermost. */
export function toSelectionRange(spans: readonly Span[], id: FileId, places: Places): SelectionRange {
  let outer: SelectionRange | undefined;
  for (const span of [...spans].reverse()) outer = { range: toRange(id, span, places), ...(outer ? { parent: outer } : {}) };
  return outer ?? { range: toRange(id, { start: 0, end: 0 }, places) };
}

/** One edit of whole lines, without those that the texts share at their beginnings and ends. */
export function toReplacement(before: string, after: string, id: FileId, places: Places): TextEdit[] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  while (start > 0 && before[start - 1] !== '\n') start--;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  while (end > 0 && before[before.length - 1 - end] !== '\n') end--;
  return [{ range: toRange(id, { start, end: before.length - end }, places), newText: after.slice(start, after.length - end) }];
}

export function toTextEdits(edits: readonly Edit[], id: FileId, places: Places): TextEdit[] {
  return edits.map(({ span, newText }) => ({ range: toRange(id, span, places), newText }));
}

const nameKindOf: Record<NameKind, SymbolKind> = {
  variable: SymbolKind.Variable,
  account: SymbolKind.Namespace,
  user: SymbolKind.Object,
  service: SymbolKind.Module,
  key: SymbolKind.Key,
};

export function toSymbolKind(kind: NameKind): SymbolKind {
  return nameKindOf[kind];
}

export function toDocumentLinks(links: readonly Link[], id: FileId, places: Places): DocumentLink[] {
  return links.map(({ span, target, tooltip }) => ({
    range: toRange(id, span, places),
    target: 'file' in target ? places.uriOf(target.file) : target.url,
    tooltip,
  }));
}

export function toInlayHints(hints: readonly Hint[], id: FileId, places: Places, { markdown }: ClientAbilities): InlayHint[] {
  return hints.map(({ offset, label, tooltip }) => ({
    position: toRange(id, { start: offset, end: offset }, places).start,
    label,
    paddingLeft: true,
    ...(tooltip ? { tooltip: { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value: tooltip } } : {}),
  }));
}

/** A command that the editor does not have would only complain when it is clicked. */
export function toCodeLenses(lenses: readonly Lens[], id: FileId, places: Places, hasCommands: boolean): CodeLens[] {
  return lenses.map(({ span, title, command }) => ({
    range: toRange(id, span, places),
    command: { title, command: hasCommands ? (command?.id ?? '') : '', arguments: [...(command?.arguments ?? [])] },
  }));
}
