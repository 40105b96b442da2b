// Asks which token a command is about. A token is a secret: it is never shown, only where it stands and how long it is.
import { env, type QuickPickItem, window } from 'vscode';
import { type TokenAtParams, type TokenAtResult, tokenAtRequest } from '../../../server/src/protocol.ts';
import type { Server } from '../server.ts';
import { decodePart, findTokens, tidyToken } from '../token.ts';

interface Source extends QuickPickItem {
  /** Gives the token, or undefined when there is none after all. */
  readonly read: () => string | undefined | Promise<string | undefined>;
}

function isPlace(given: unknown): given is { readonly file: string; readonly offset: number } {
  return typeof given === 'object' && given !== null && 'file' in given && 'offset' in given;
}

/**
 * The token that `given` (a lens) points at, else the selected one, else one that the person chooses or enters; undefined when they
 * change their mind.
 */
export async function pickToken(title: string, server: Server, given: unknown): Promise<string | undefined> {
  const known = isPlace(given) ? await tokenAt(server, { uri: given.file, offset: given.offset }) : selectedToken();
  if (known) return known;
  const sources: Source[] = [
    // The clipboard is read when it is chosen and not before: it is nobody's business, and a browser asks for permission.
    { label: '$(clippy) Clipboard', read: () => tokenInClipboard(title) },
    { label: '$(keyboard) Enter a token…', read: () => enterToken(title) },
  ];
  const beside = await tokenAtCursor(server);
  if (beside) sources.unshift({ label: '$(edit) Token at the cursor', description: describe(beside), read: () => beside });
  const choice = await window.showQuickPick(sources, { title, placeHolder: 'Which token?' });
  return choice?.read();
}

/** The token that is selected or at the cursor, without a question. */
export async function tokenInEditor(server: Server): Promise<string | undefined> {
  return selectedToken() ?? (await tokenAtCursor(server));
}

async function tokenInClipboard(title: string): Promise<string | undefined> {
  const token = oneToken(await env.clipboard.readText());
  if (token) return token;
  return enterToken(title, 'There is no JWT in the clipboard. ');
}

async function enterToken(title: string, reason = ''): Promise<string | undefined> {
  const text = await window.showInputBox({
    title,
    prompt: `${reason}Paste a JWT. It stays on this machine and is not shown.`,
    placeHolder: 'eyJ…',
    password: true,
    ignoreFocusOut: true,
    validateInput: value => {
      const token = tidyToken(value);
      if (token === '' || decodePart(token.split('.')[0])) return undefined;
      return 'This is no JWT: a JWT has three parts with dots between them and begins with a JSON header in base64url.';
    },
  });
  const token = text === undefined ? '' : tidyToken(text);
  return token === '' ? undefined : token;
}

function selectedToken(): string | undefined {
  const editor = window.activeTextEditor;
  return editor && !editor.selection.isEmpty ? oneToken(editor.document.getText(editor.selection)) : undefined;
}

async function tokenAtCursor(server: Server): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  return editor && tokenAt(server, { uri: editor.document.uri.toString(), offset: editor.document.offsetAt(editor.selection.active) });
}

/** The server knows which pieces of a text are one token. */
async function tokenAt(server: Server, place: TokenAtParams): Promise<string | undefined> {
  return (await server.request<TokenAtResult>(tokenAtRequest, place)) ?? undefined;
}

/** The first token in a text, which may be one token that somebody's mail program has wrapped. */
function oneToken(text: string): string | undefined {
  const tidy = tidyToken(text);
  const whole = findTokens(tidy)[0];
  return whole?.token === tidy ? tidy : findTokens(text)[0]?.token;
}

function describe(token: string): string {
  const { alg } = decodePart(token.split('.')[0]) ?? {};
  return `${typeof alg === 'string' ? `${alg}, ` : ''}${token.length} characters`;
}
