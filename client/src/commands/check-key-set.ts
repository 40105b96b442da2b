// "Authlint: Check JWKS Endpoint…": the one command that asks an address on the network. The person names the address, and agrees to
// each host once; a workspace that is not trusted asks nobody.
import { window } from 'vscode';
import {
  type CheckKeySetParams,
  type CheckKeySetResult,
  checkKeySetRequest,
  type KeySetAddressesResult,
  keySetAddressesRequest,
} from '../../../server/src/protocol.ts';
import { tokenInEditor } from '../views/pick-token.ts';
import { withProgress } from '../views/progress.ts';
import type { Command, Workbench } from './index.ts';

const title = 'Authlint: Check JWKS Endpoint';

/** `given` may be the address, for a key binding of somebody's own. */
export const checkKeySet: Command = async (workbench, given) => {
  if (!workbench.agreedHosts.mayBeAsked) {
    await window.showWarningMessage('Authlint asks no address for a workspace that is not trusted.');
    return;
  }
  const token = await tokenInEditor(workbench.server);
  const address = typeof given === 'string' ? given : await pickAddress(workbench);
  if (address === undefined) return;
  await ask(workbench, { address, ...(token === undefined ? {} : { token }) });
};

async function pickAddress({ server }: Workbench): Promise<string | undefined> {
  const { addresses } = await server.request<KeySetAddressesResult>(keySetAddressesRequest, {});
  const enter = { label: '$(keyboard) Enter an address…', address: undefined };
  const items = [...addresses.map(({ address, from }) => ({ label: address, description: from, address })), enter];
  const choice = addresses.length === 0 ? enter : await window.showQuickPick(items, { title, placeHolder: 'Which keys?' });
  if (!choice) return undefined;
  return (
    choice.address ??
    window.showInputBox({
      title,
      prompt: 'Address of a key set, of a discovery document, or of an issuer: https, or http on this machine.',
      placeHolder: 'https://id.example.com/.well-known/jwks.json',
      ignoreFocusOut: true,
    })
  );
}

async function ask(workbench: Workbench, params: Omit<CheckKeySetParams, 'hosts'>): Promise<void> {
  const { server, agreedHosts, pages } = workbench;
  const result = await agreedHosts.answer(hosts => {
    const asked: CheckKeySetParams = { ...params, hosts };
    return withProgress('Asking for keys', cancellation =>
      server.request<CheckKeySetResult | null>(checkKeySetRequest, asked, cancellation),
    );
  });
  if (result) await pages.showReport('Key set.md', result.markdown, 'beside');
  else if (result === null) await window.showErrorMessage('Authlint could not ask. “Authlint: Show Output” tells more.');
}
