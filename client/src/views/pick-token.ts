// Asks which token a command is about. A token is a secret: it is never shown, only where it stands and how long it is.
import { env, type QuickPickItem, window } from 'vscode';
import { decodePart, findTokens, tidyToken } from '../token.ts';

interface Source extends QuickPickItem {
  readonly token?: string;
}

/** The selected token, else one that the person chooses or enters; undefined when they change their mind. */
export async function pickToken(title: string): Promise<string | undefined> {
  const selected = selectedToken();
  if (selected) return selected;
  const sources: Source[] = [];
  const beside = tokenAtCursor();
  if (beside) sources.push({ label: '$(edit) Token at the cursor', description: describe(beside), token: beside });
  // A browser may refuse the clipboard.
  const clipboard = await env.clipboard.readText().then(
    text => text,
    () => '',
  );
  const copied = oneToken(clipboard);
  if (copied) sources.push({ label: '$(clippy) Clipboard', description: describe(copied), token: copied });
  if (sources.length === 0) return enterToken(title);
  sources.push({ label: '$(keyboard) Enter a token…' });
  const choice = await window.showQuickPick(sources, { title, placeHolder: 'Which token?' });
  if (!choice) return undefined;
  return choice.token ?? enterToken(title);
}

async function enterToken(title: string): Promise<string | undefined> {
  const text = await window.showInputBox({
    title,
    prompt: 'Paste a JWT. It stays on this machine and is not shown.',
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
