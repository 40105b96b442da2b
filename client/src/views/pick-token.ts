// Asks which token a command is about. A token is a secret: it is never shown, only where it stands and how long it is.
import { env, type QuickPickItem, window } from 'vscode';
import { decodePart, findTokens, tidyToken } from '../token.ts';

interface Source extends QuickPickItem {
  /** Gives the token, or undefined when there is none after all. */
  readonly read: () => string | undefined | Promise<string | undefined>;
}

/** The selected token, else one that the person chooses or enters; undefined when they change their mind. */
export async function pickToken(title: string): Promise<string | undefined> {
  const selected = selectedToken();
  if (selected) return selected;
  const sources: Source[] = [
    // The clipboard is read when it is chosen and not before: it is nobody's business, and a browser asks for permission.
    { label: '$(clippy) Clipboard', read: () => tokenInClipboard(title) },
    { label: '$(keyboard) Enter a token…', read: () => enterToken(title) },
  ];
  const beside = tokenAtCursor();
  if (beside) sources.unshift({ label: '$(edit) Token at the cursor', description: describe(beside), read: () => beside });
  const choice = await window.showQuickPick(sources, { title, placeHolder: 'Which token?' });
  return choice?.read();
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

function tokenAtCursor(): string | undefined {
  const editor = window.activeTextEditor;
  if (!editor) return undefined;
  const { line, character } = editor.selection.active;
  return findTokens(editor.document.lineAt(line).text).find(({ token, start }) => start <= character && character <= start + token.length)
    ?.token;
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
