// The question whether a host on the network may be asked for its keys.
import { window } from 'vscode';

export async function confirmHost(host: string): Promise<boolean> {
  const detail = 'One request without credentials; the token is not sent. Authlint remembers your answer for this workspace.';
  const agree = 'Ask This Host';
  return (await window.showWarningMessage(`Ask ${host} for its keys?`, { modal: true, detail }, agree)) === agree;
}
