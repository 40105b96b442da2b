// The webviews of the extension, one of each kind.
import { Disposable, type Uri } from 'vscode';
import { View } from './frame/frame.ts';

export interface Views extends Disposable {
  readonly authMap: View;
  readonly tokenReport: View;
}

export function createViews(extension: Uri): Views {
  const authMap = new View(extension, { type: 'authlint.authMap', title: 'Auth Map' });
  const tokenReport = new View(extension, { type: 'authlint.tokenReport', title: 'Token Report' });
  return { authMap, tokenReport, dispose: () => Disposable.from(authMap, tokenReport).dispose() };
}
