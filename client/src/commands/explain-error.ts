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

/** What the person pastes. A clipboard of several lines does not fit into an input, which makes one of them, so it can be read as it is. */
function enterText(): Promise<string | undefined> {
  const pick = window.createQuickPick();
  const clipboard = { label: '$(clippy) Clipboard', alwaysShow: true };
  const entered = { label: '$(question) Explain this text', alwaysShow: true };
  pick.title = title;
  pick.placeholder = 'Paste a log line, a response, or the error of a command';
  pick.ignoreFocusOut = true;
  pick.items = [clipboard];
  pick.onDidChangeValue(value => {
    pick.items = value.trim() === '' ? [clipboard] : [entered, clipboard];
  });
  return new Promise(resolve => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0] === clipboard ? env.clipboard.readText() : pick.value);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
