// Wires a connection to a session. Nothing that a client sends may stop the server: each message is caught by itself.
import {
  type CancellationToken,
  type ClientCapabilities,
  CodeLensRefreshRequest,
  type Connection,
  type InitializeParams,
  InlayHintRefreshRequest,
  LSPErrorCodes,
  ResponseError,
  SemanticTokensRefreshRequest,
} from 'vscode-languageserver';
import { describeFault } from '../core/lint/run-rules.ts';
import {
  askPermissionsRequest,
  authMapRequest,
  checkKeySetRequest,
  checkTokenRequest,
  compareWithServerRequest,
  developmentSignersRequest,
  developmentTokenRequest,
  effectiveConfigurationRequest,
  explainErrorRequest,
  fixWorkspaceRequest,
  keySetAddressesRequest,
  languageOfRequest,
  natsUsersRequest,
  tokenAtRequest,
} from '../protocol.ts';
import { authMap } from './handlers/auth-map.ts';
import { checkKeySet, keySetAddresses } from './handlers/check-key-set.ts';
import { checkToken } from './handlers/check-token.ts';
import { codeAction } from './handlers/code-action.ts';
import { codeLens } from './handlers/code-lens.ts';
import { compareWithServer } from './handlers/compare-with-server.ts';
import { completion } from './handlers/completion.ts';
import { developmentSigners, developmentToken } from './handlers/development-token.ts';
import { didChange } from './handlers/did-change.ts';
import { didChangeConfiguration } from './handlers/did-change-configuration.ts';
import { didChangeWatchedFiles } from './handlers/did-change-watched-files.ts';
import { didChangeWorkspaceFolders } from './handlers/did-change-workspace-folders.ts';
import { didClose } from './handlers/did-close.ts';
import { didOpen } from './handlers/did-open.ts';
import { didSave } from './handlers/did-save.ts';
import { documentLink } from './handlers/document-link.ts';
import { documentSymbol } from './handlers/document-symbol.ts';
import { effectiveConfiguration } from './handlers/effective-configuration.ts';
import { explainError } from './handlers/explain-error.ts';
import { didCreateFiles, didDeleteFiles, didRenameFiles } from './handlers/file-operations.ts';
import { fixWorkspace } from './handlers/fix-workspace.ts';
import { foldingRange } from './handlers/folding-range.ts';
import { formatting, rangeFormatting } from './handlers/formatting.ts';
import { hover } from './handlers/hover.ts';
import { initialize } from './handlers/initialize.ts';
import { initialized } from './handlers/initialized.ts';
import { inlayHint } from './handlers/inlay-hint.ts';
import { languageOf } from './handlers/language-of.ts';
import { definition, documentHighlight, prepareRename, references, rename } from './handlers/names.ts';
import { askPermissions, natsUsers } from './handlers/permissions.ts';
import { resolveCodeAction } from './handlers/prepared-fix.ts';
import { selectionRange } from './handlers/selection-range.ts';
import { semanticTokens, semanticTokensIn, semanticTokensSince } from './handlers/semantic-tokens.ts';
import { tokenAt } from './handlers/token-at.ts';
import { workspaceSymbol } from './handlers/workspace-symbol.ts';
import type { Platform } from './platform.ts';
import { Session } from './session.ts';
import { pause } from './time-slice.ts';

/** What a handler works with. */
export interface ServerContext {
  readonly connection: Connection;
  readonly platform: Platform;
  readonly session: Session;
  /** Empty until the client has introduced itself. */
  readonly client: ClientCapabilities;
}

// biome-ignore lint/suspicious/noExplicitAny: the protocol gives each method its own parameters
type Handler = (context: ServerContext, params: any, token: CancellationToken) => unknown;

const notifications: Record<string, Handler> = {
  initialized,
  'textDocument/didOpen': didOpen,
  'textDocument/didChange': didChange,
  'textDocument/didSave': didSave,
  'textDocument/didClose': didClose,
  'workspace/didChangeWatchedFiles': didChangeWatchedFiles,
  'workspace/didChangeConfiguration': didChangeConfiguration,
  'workspace/didChangeWorkspaceFolders': didChangeWorkspaceFolders,
  'workspace/didCreateFiles': didCreateFiles,
  'workspace/didRenameFiles': didRenameFiles,
  'workspace/didDeleteFiles': didDeleteFiles,
};

/** Every request answers null where something goes wrong, which each of them may. */
const requests: Record<string, Handler> = {
  'textDocument/hover': hover,
  'textDocument/completion': completion,
  'textDocument/codeAction': codeAction,
  'codeAction/resolve': resolveCodeAction,
  'textDocument/documentSymbol': documentSymbol,
  'textDocument/foldingRange': foldingRange,
  'textDocument/selectionRange': selectionRange,
  'textDocument/formatting': formatting,
  'textDocument/rangeFormatting': rangeFormatting,
  'textDocument/definition': definition,
  'textDocument/references': references,
  'textDocument/documentHighlight': documentHighlight,
  'textDocument/prepareRename': prepareRename,
  'textDocument/rename': rename,
  'textDocument/documentLink': documentLink,
  'textDocument/semanticTokens/full': semanticTokens,
  'textDocument/semanticTokens/full/delta': semanticTokensSince,
  'textDocument/semanticTokens/range': semanticTokensIn,
  'textDocument/inlayHint': inlayHint,
  'textDocument/codeLens': codeLens,
  'workspace/symbol': workspaceSymbol,
  [askPermissionsRequest]: askPermissions,
  [natsUsersRequest]: natsUsers,
  [authMapRequest]: authMap,
  [checkTokenRequest]: checkToken,
  [checkKeySetRequest]: checkKeySet,
  [keySetAddressesRequest]: keySetAddresses,
  [developmentSignersRequest]: developmentSigners,
  [developmentTokenRequest]: developmentToken,
  [tokenAtRequest]: tokenAt,
  [languageOfRequest]: languageOf,
  [explainErrorRequest]: explainError,
  [compareWithServerRequest]: compareWithServer,
  [effectiveConfigurationRequest]: effectiveConfiguration,
  [fixWorkspaceRequest]: fixWorkspace,
};

/** Serves a client until the connection ends. */
export function startServer(connection: Connection, platform: Platform): void {
  let client: ClientCapabilities = {};
  const session = new Session(platform, {
    publish: params => void connection.sendDiagnostics(params).catch(() => undefined),
    log: message => connection.console.error(message),
    refresh: () => refreshViews(connection, client),
  });
  const context = (): ServerContext => ({ connection, platform, session, client });
  const failed = (method: string, error: unknown) => session.log(`${method} failed: ${describeFault(error)}`);

  connection.onInitialize((params: InitializeParams) => {
    client = params.capabilities ?? {};
    // Not earlier: the library takes some of these notifications for itself when it initializes, and none has a meaning before.
    for (const [method, handle] of Object.entries(notifications)) listen(method, handle);
    return initialize(context(), params);
  });
  connection.onShutdown(() => session.dispose());

  function listen(method: string, handle: Handler): void {
    connection.onNotification(method, async (params: unknown) => {
      try {
        await handle(context(), params, neverCancelled);
      } catch (error) {
        failed(method, error);
      }
    });
  }
  for (const [method, handle] of Object.entries(requests)) {
    connection.onRequest(method, async (params: unknown, token: CancellationToken) => {
      // A client that types on takes its questions back; it gets the chance to before the work begins.
      await pause(platform);
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
      try {
        return (await handle(context(), params, token)) ?? null;
      } catch (error) {
        failed(method, error);
        return null;
      }
    });
  }
  connection.listen();
}

/** Lets the editor ask again for what stands in open documents and may follow from another file. */
function refreshViews(connection: Connection, { workspace }: ClientCapabilities): void {
  const requests = [
    { is: workspace?.semanticTokens, type: SemanticTokensRefreshRequest.type },
    { is: workspace?.inlayHint, type: InlayHintRefreshRequest.type },
    { is: workspace?.codeLens, type: CodeLensRefreshRequest.type },
  ];
  for (const { is, type } of requests) if (is?.refreshSupport) void connection.sendRequest(type).catch(() => undefined);
}

const neverCancelled: CancellationToken = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
