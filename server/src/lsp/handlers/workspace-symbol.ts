// Names of all files, for "go to symbol in workspace".
import type { SymbolInformation, WorkspaceSymbolParams } from 'vscode-languageserver';
import { nameOf } from '../../core/text/file-id.ts';
import type { ServerContext } from '../server.ts';
import { toLocation, toSymbolKind } from '../to-lsp.ts';

/** More than anybody reads; an editor asks again with every letter. */
const most = 500;

export function workspaceSymbol({ session }: ServerContext, { query }: WorkspaceSymbolParams): SymbolInformation[] {
  const found: SymbolInformation[] = [];
  for (const { scope, places } of session.subjects()) {
    for (const { kind, name, definitions } of scope.analyzer.names()) {
      if (!matches(name, query)) continue;
      for (const place of definitions) {
        if (!places.linesOf(place.file)) continue;
        found.push({ name, kind: toSymbolKind(kind), containerName: nameOf(place.file), location: toLocation(place, places) });
        if (found.length >= most) return found;
      }
    }
  }
  return found;
}

/** Whether the letters of the query stand in the name, in their order, whatever their case. */
function matches(name: string, query: string): boolean {
  let at = 0;
  const low = name.toLowerCase();
  for (const letter of query.toLowerCase()) {
    at = low.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
