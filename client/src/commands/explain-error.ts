// "Authlint: Explain an Auth Error…": what a pasted or selected error means, and which places of the workspace are behind it.
import { env, Range, Uri, ViewColumn, window } from 'vscode';
import { type ExplainErrorParams, type ExplainErrorResult, explainErrorRequest } from '../../../server/src/protocol.ts';
import { type ExplanationMessage, explanationPage } from '../views/explanation/explanation.ts';
import type { Command } from './index.ts';

const title = 'Authlint: Explain an Auth Error';

/** `given` is the text, when a light bulb asks; else the selection, else what the person pastes. */
export const explainError: Command = async ({ server, views }, given) => {
  const text = typeof given === 'string' ? given : (selectedText() ?? (await enterText()));
  if (text === undefined || text.trim() === '') return;
  const uri = window.activeTextEditor?.document.uri.toString();
  const params: ExplainErrorParams = { text, ...(uri === undefined ? {} : { uri }) };
  const explained = await server.request<ExplainErrorResult | null>(explainErrorRequest, params);
  if (explained) views.explanation.show(explanationPage(explained.markdown), message => open(message as ExplanationMessage));
  else
    await window.showInformationMessage(
      'Authlint knows no explanation of this text. Paste the line that says what was refused, as the program printed it.',
    );
};

/** In the other half, so that the explanation stays in sight. */
async function open({ go: { uri, line, character } }: ExplanationMessage): Promise<void> {
  const selection = new Range(line, character, line, character);
  await window.showTextDocument(Uri.parse(uri), { selection, viewColumn: ViewColumn.One });
}

function selectedText(): string | undefined {
  const editor = window.activeTextEditor;
  return editor && !editor.selection.isEmpty ? editor.document.getText(editor.selection) : undefined;
}

/** A clipboard of several lines does not fit into an input box, which takes the first line only. */
async function enterText(): Promise<string | undefined> {
  const fromClipboard = { label: '$(clippy) Clipboard', read: () => env.clipboard.readText() };
  const entered = {
    label: '$(keyboard) Enter an error…',
    read: () =>
      window.showInputBox({
        title,
        prompt: 'Paste a log line, a response body, a WWW-Authenticate header or the error of a command.',
        ignoreFocusOut: true,
      }),
  };
  const choice = await window.showQuickPick([fromClipboard, entered], { title, placeHolder: 'Where is the error?' });
  return choice?.read();
}
