// The webviews of the extension, one of each kind.
import { Disposable, type Uri } from 'vscode';
import { View } from './frame/frame.ts';

export interface Views extends Disposable {
  readonly authMap: View;
  readonly explanation: View;
  readonly tokenReport: View;
}

export function createViews(extension: Uri): Views {
  const authMap = new View(extension, { type: 'authlint.authMap', title: 'Auth Map' });
  const explanation = new View(extension, { type: 'authlint.explanation', title: 'Explanation', beside: true });
  const tokenReport = new View(extension, { type: 'authlint.tokenReport', title: 'Token Report' });
  return { authMap, explanation, tokenReport, dispose: () => Disposable.from(authMap, explanation, tokenReport).dispose() };
}
