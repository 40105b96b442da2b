// The first request: what the editor can do, which folders it has open, and what we offer.
import {
  CodeActionKind,
  type InitializeParams,
  type InitializeResult,
  PositionEncodingKind,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { productVersion } from '../../core/facts/product.ts';
import { clientFiles, diskAndClientFiles, noFiles } from '../../hosts/client-files.ts';
import type { InitializationOptions } from '../../protocol.ts';
import { defaultEditorSettings, toEditorSettings } from '../from-lsp.ts';
import { semanticTokensLegend } from '../numbered-tokens.ts';
import type { ServerContext } from '../server.ts';
import { toClientAbilities } from '../to-lsp.ts';
import { triggerCharacters } from './completion.ts';
import { fixAllKind } from './fixes-together.ts';

/** Changes on the disk as a client announces them when it cannot watch files for us. */
const anyFile = { filters: [{ pattern: { glob: '**/*' } }] };

const capabilities: ServerCapabilities = {
  positionEncoding: PositionEncodingKind.UTF16,
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
  hoverProvider: true,
  completionProvider: { triggerCharacters: [...triggerCharacters] },
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  workspaceSymbolProvider: true,
  documentLinkProvider: {},
  semanticTokensProvider: { legend: semanticTokensLegend, full: { delta: true }, range: true },
  inlayHintProvider: true,
  codeLensProvider: {},
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind], resolveProvider: true },
  workspace: {
    workspaceFolders: { supported: true, changeNotifications: true },
    fileOperations: { didCreate: anyFile, didRename: anyFile, didDelete: anyFile },
  },
};

export function initialize({ session, connection, platform }: ServerContext, params: InitializeParams): InitializeResult {
  const options = (params.initializationOptions ?? {}) as InitializationOptions;
  const client = clientFiles((method, request) => connection.sendRequest(method, request));
  session.start({
    files: options.providesFiles === true ? diskAndClientFiles(platform.files, client) : (platform.files ?? noFiles),
    folders: foldersOf(params),
    abilities: toClientAbilities(params.capabilities),
    settings: toEditorSettings(options, defaultEditorSettings),
  });
  return { capabilities, serverInfo: { name: 'Authlint', version: productVersion } };
}

/** Older clients name one folder, by URI or by path. */
function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  if (rootUri) return [rootUri];
  return rootPath ? [URI.file(rootPath).toString()] : [];
}
