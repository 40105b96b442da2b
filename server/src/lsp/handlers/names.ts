// Names: where one gets its meaning, where it is used, and giving it another.
import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  LSPErrorCodes,
  type PrepareRenameParams,
  type Range,
  type ReferenceParams,
  type RenameParams,
  ResponseError,
  type TextDocumentPositionParams,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Name } from '../../core/language.ts';

import type { Edit } from '../../core/text/edit.ts';
import type { Place } from '../../core/text/place.ts';
import type { ServerContext } from '../server.ts';
import type { Subject } from '../session.ts';
import { toLocation, toRange, toWorkspaceEdit } from '../to-lsp.ts';

interface NamesHere {
  readonly subject: Subject;
  readonly names: readonly Name[];
  readonly offset: number;
}

function namesHere({ session }: ServerContext, { textDocument, position }: TextDocumentPositionParams): NamesHere | undefined {
  const subject = session.subjectOf(textDocument.uri);
  const lines = subject?.places.linesOf(subject.id);
  if (!subject || !lines) return undefined;
  const offset = lines.offsetAt(position);
  return { subject, offset, names: subject.scope.analyzer.namesAt(subject.id, offset) };
}

/** Places of files that are loaded, each once. */
function locationsOf(places: readonly Place[], { subject }: NamesHere): Location[] {
  const known = new Map<string, Location>();
  for (const place of places) {
    if (subject.places.linesOf(place.file)) known.set(`${place.file} ${place.span.start}`, toLocation(place, subject.places));
  }
  return [...known.values()];
}

export function definition(context: ServerContext, params: TextDocumentPositionParams): Location[] {
  const here = namesHere(context, params);
  return here
    ? locationsOf(
        here.names.flatMap(({ definitions }) => definitions),
        here,
      )
    : [];
}

export function references(context: ServerContext, params: ReferenceParams): Location[] {
  const here = namesHere(context, params);
  if (!here) return [];
  const { includeDeclaration } = params.context;
  return locationsOf(
    here.names.flatMap(name => (includeDeclaration ? [...name.definitions, ...name.references] : name.references)),
    here,
  );
}

export function documentHighlight(context: ServerContext, params: TextDocumentPositionParams): DocumentHighlight[] {
  const here = namesHere(context, params);
  if (!here) return [];
  const { id, places } = here.subject;
  // Configurations that share a file know the same places of it.
  const highlights = new Map<number, DocumentHighlight>();
  const add = (all: readonly Place[], kind: DocumentHighlightKind) => {
    for (const { file, span } of all) if (file === id) highlights.set(span.start, { range: toRange(id, span, places), kind });
  };
  for (const { definitions, references } of here.names) {
    add(references, DocumentHighlightKind.Read);
    add(definitions, DocumentHighlightKind.Write);
  }
  return [...highlights.values()];
}

export function prepareRename(context: ServerContext, params: PrepareRenameParams): { range: Range; placeholder: string } | null {
  const here = namesHere(context, params);
  const name = here?.names.find(({ rename }) => rename !== undefined);
  if (!here || !name) return null;
  const { id, places } = here.subject;
  const place = [...name.definitions, ...name.references].find(
    ({ file, span }) => file === id && span.start <= here.offset && here.offset <= span.end,
  );
  return place ? { range: toRange(id, place.span, places), placeholder: name.name } : null;
}

export function rename(context: ServerContext, params: RenameParams): WorkspaceEdit | ResponseError | null {
  const here = namesHere(context, params);
  // Several configurations may include the file that the name stands in: all of them have to agree, and all are changed.
  const renamings = here?.names.flatMap(name => name.rename?.(params.newName) ?? []) ?? [];
  if (!here || renamings.length === 0) return null;
  const edits = new Map<string, Edit>();
  for (const renaming of renamings) {
    if ('problem' in renaming) return new ResponseError(LSPErrorCodes.RequestFailed, renaming.problem);
    for (const edit of renaming.edits) edits.set(`${edit.file} ${edit.span.start}`, edit);
  }
  return toWorkspaceEdit([...edits.values()], here.subject.places, context.session.abilities) ?? null;
}
