// "Authlint: Generate NKey Pair": the seed goes to a new file that its owner alone may read, or to the clipboard; the public key into
// the configuration. The seed is never shown.
import { env, type QuickPickItem, Range, SnippetString, type TextEditor, Uri, window, workspace } from 'vscode';
import type { NkeyPair, NkeyRole } from '../nkey-pair.ts';
import type { Command, Workbench } from './index.ts';

const title = 'Authlint: Generate NKey Pair';

const purposes: Readonly<Record<NkeyRole, string>> = {
  user: 'U…: a client logs in with it',
  account: 'A…: signs the users of an account',
  operator: 'O…: signs accounts',
  server: 'N…: names a server',
  cluster: 'C…: names a cluster',
  curve: 'X…: encrypts the requests of an auth callout',
};

/** A fix that calls for a key names the role, and the variable that stands where the public key may be written. */
export const generateNkeyPair: Command = async (workbench, asked, variable) => {
  const role = isRole(asked) ? asked : await pickRole();
  // The editor that counts is the one that was there before the questions.
  const editor = window.activeTextEditor;
  if (!role) return;
  // Loaded with the first key: a session rarely makes one.
  const { makeNkeyPair } = await import('../nkey-pair.ts');
  const pair = makeNkeyPair(role);
  const place = await putSeed(workbench, role, pair);
  if (place === undefined) return;
  const done = await putPublicKey(role, pair, editor, { clipboardIsTaken: place === 'clipboard', variable });
  const where =
    place === 'clipboard'
      ? 'in the clipboard: paste it where it belongs, then copy something else'
      : `in ${place}, which only you may read`;
  await window.showInformationMessage(`The seed of the new ${role} key is ${where}. ${done}`);
};

function isRole(value: unknown): value is NkeyRole {
  return typeof value === 'string' && Object.hasOwn(purposes, value);
}

async function pickRole(): Promise<NkeyRole | undefined> {
  const roles = Object.keys(purposes) as readonly NkeyRole[];
  const items = roles.map(role => ({ label: role, description: purposes[role], role }));
  return (await window.showQuickPick(items, { title, placeHolder: 'A key of which kind?' }))?.role;
}

/** Where the seed is now: the clipboard, or a path; undefined where the person changed their mind. */
async function putSeed({ writeSecretFile }: Workbench, role: NkeyRole, { seed }: NkeyPair): Promise<string | undefined> {
  const toFile = { label: '$(save) New file…', description: 'readable for you alone', to: 'file' } as const;
  const toClipboard = { label: '$(clippy) Clipboard', description: 'other programs can read it there', to: 'clipboard' } as const;
  const items: (QuickPickItem & { to: 'file' | 'clipboard' })[] = writeSecretFile ? [toFile, toClipboard] : [toClipboard];
  const choice = await window.showQuickPick(items, {
    title,
    placeHolder: 'Where shall the seed go? It is a secret and will not be shown.',
  });
  if (choice?.to === 'clipboard') {
    await env.clipboard.writeText(seed);
    return 'clipboard';
  }
  if (choice?.to !== 'file' || !writeSecretFile) return undefined;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const file = await window.showSaveDialog({
    title,
    saveLabel: 'Save Seed',
    ...(folder ? { defaultUri: Uri.joinPath(folder, `${role}.nk`) } : {}),
  });
  if (!file) return undefined;
  try {
    await writeSecretFile(file.fsPath, `${seed}\n`);
    return workspace.asRelativePath(file);
  } catch {
    await window.showErrorMessage(
      'The file exists already, or cannot be written. Nothing was changed and the new key is gone; choose another name.',
    );
    return undefined;
  }
}

/** Says in a sentence what became of the public key. */
async function putPublicKey(
  role: NkeyRole,
  { publicKey }: NkeyPair,
  editor: TextEditor | undefined,
  { clipboardIsTaken, variable }: { readonly clipboardIsTaken: boolean; readonly variable: unknown },
): Promise<string> {
  const shown = `Its public key is ${publicKey}.`;
  const place = editor && typeof variable === 'string' ? placeOf(variable, editor) : undefined;
  const replace = { label: `$(replace) Write the public key in place of ${variable}`, text: publicKey, place };
  const insert = { label: '$(edit) Insert the public key at the cursor', text: publicKey };
  const entry = { label: '$(person-add) Insert an nkey user at the cursor', description: '{ nkey: U… }', text: `{ nkey: ${publicKey} }` };
  const copy = { label: '$(clippy) Copy the public key', text: undefined };
  const anywhere = editor?.document.languageId === 'nats-conf' ? [...(role === 'user' ? [entry] : []), insert] : [];
  const intoText = place ? [replace] : anywhere;
  const items: { label: string; description?: string; text: string | undefined; place?: Range | undefined }[] = [
    ...intoText,
    ...(clipboardIsTaken ? [] : [copy]),
  ];
  if (items.length === 0) return shown;
  const choice = await window.showQuickPick(items, { title, placeHolder: 'And the public key? It is no secret.' });
  if (choice?.text !== undefined && editor) {
    const inserted = await editor.insertSnippet(new SnippetString().appendText(choice.text), choice.place);
    return inserted ? 'Its public key was inserted.' : shown;
  }
  if (!choice) return shown;
  await env.clipboard.writeText(publicKey);
  return 'Its public key is in the clipboard.';
}

/** Where the text has it first. */
function placeOf(words: string, { document }: TextEditor): Range | undefined {
  const at = document.getText().indexOf(words);
  return at < 0 ? undefined : new Range(document.positionAt(at), document.positionAt(at + words.length));
}
