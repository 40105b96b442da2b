// "Authlint: Check Token…": what a token says, who in the workspace would accept it, and what is wrong with it.
import { commands, env, Uri, ViewColumn, window } from 'vscode';
import { type CheckTokenParams, type CheckTokenResult, checkTokenRequest } from '../../../server/src/protocol.ts';
import { pickToken } from '../views/pick-token.ts';
import { withProgress } from '../views/progress.ts';
import { type TokenReportMessage, tokenReportPage } from '../views/token-report/token-report.ts';
import type { Command, Workbench } from './index.ts';

const title = 'Authlint: Check Token';

/** Markdown of the report that is shown, to be copied. The token itself is kept by nobody but the page's own button. */
let shown: string | undefined;

export const checkToken: Command = async (workbench, given) => {
  const token = await pickToken(title, workbench.server, given);
  if (token === undefined) return;
  const uri = window.activeTextEditor?.document.uri.toString();
  await report(workbench, { token, ...(uri === undefined ? {} : { uri }) });
};

/** "Authlint: Copy Token Report as Markdown", for the keyboard; the page has a button for it. */
export const copyTokenReport: Command = async () => {
  if (shown === undefined) {
    await window.showInformationMessage('There is no token report yet: run “Check Token…” first.');
    return;
  }
  await env.clipboard.writeText(shown);
  window.setStatusBarMessage('Authlint: the token report is in the clipboard.', 4000);
};

async function report(workbench: Workbench, params: CheckTokenParams): Promise<void> {
  const result = await withProgress('Checking the token', cancellation =>
    workbench.server.request<CheckTokenResult | null>(checkTokenRequest, params, cancellation),
  );
  if (!result) return;
  shown = result.markdown;
  await commands.executeCommand('setContext', 'authlint.hasTokenReport', true);
  workbench.views.tokenReport.show(tokenReportPage(result), message => answer(message as TokenReportMessage, workbench, params));
}

async function answer(message: TokenReportMessage, workbench: Workbench, params: CheckTokenParams): Promise<void> {
  if ('open' in message) await window.showTextDocument(Uri.parse(message.open), { viewColumn: ViewColumn.Beside });
  else if (message.run === 'copy') await copyTokenReport(workbench);
  else await report(workbench, params);
}
