// "Authlint: Generate Development Token…": a token that a service of the workspace takes, for an hour or so, into the clipboard. It is
// signed where the secret is known already; neither is shown.
import { env, window } from 'vscode';
import {
  type DevelopmentSignersResult,
  type DevelopmentTokenParams,
  type DevelopmentTokenResult,
  developmentSignersRequest,
  developmentTokenRequest,
} from '../../../server/src/protocol.ts';
import type { Command, Workbench } from './index.ts';

const title = 'Authlint: Generate Development Token';

/** What is known already: a key binding of somebody's own may hold it all. */
type Known = Partial<Omit<DevelopmentTokenParams, 'path'>>;

export const generateDevelopmentToken: Command = async (workbench, given) => {
  const { server } = workbench;
  const known = (typeof given === 'object' && given !== null ? given : {}) as Known;
  const signer = await pickSigner(workbench, known.name);
  if (!signer) return;
  const subject = known.subject ?? (await window.showInputBox({ title, prompt: 'Who is the user? (`sub`)', value: 'dev-user' }));
  const permissions = subject && (known.permissions ?? (await enterPermissions()));
  const minutes = permissions && (known.minutes ?? (await pickLifetime()));
  if (!subject || !permissions || !minutes) return;
  const { name, path } = signer;
  const params: DevelopmentTokenParams = { name, path, subject, permissions, minutes };
  const made = await server.request<DevelopmentTokenResult>(developmentTokenRequest, params);
  if (!made) {
    await window.showWarningMessage('The service has changed meanwhile, so no token was made. Try again.');
    return;
  }
  await env.clipboard.writeText(made.token);
  await window.showInformationMessage(
    `A token for ${subject} is in the clipboard. ${name} takes it for ${minutes} minutes; whoever has it is that user.`,
  );
};

type SignerItem = DevelopmentSignersResult['signers'][number];

async function pickSigner({ server }: Workbench, name: string | undefined): Promise<SignerItem | undefined> {
  const { signers } = await server.request<DevelopmentSignersResult>(developmentSignersRequest, {});
  if (signers.length === 0) {
    await window.showInformationMessage(
      'No service here checks tokens with a secret that is known. Set `JWT_SECRET` in the .env of the Compose file; production is left out on purpose.',
    );
    return undefined;
  }
  if (name !== undefined) return signers.find(signer => signer.name === name);
  const items = signers.map(signer => ({ label: signer.name, description: signer.algorithm, detail: signer.path, signer }));
  return (await window.showQuickPick(items, { title, placeHolder: 'A token for which service?' }))?.signer;
}

async function enterPermissions(): Promise<readonly string[] | undefined> {
  const text = await window.showInputBox({
    title,
    prompt: 'Which permissions? Separated by spaces or commas; empty for none.',
    placeHolder: 'users:read users:create',
  });
  return text?.split(/[\s,]+/).filter(Boolean);
}

async function pickLifetime(): Promise<number | undefined> {
  const items = [
    { label: '15 minutes', minutes: 15 },
    { label: '1 hour', minutes: 60 },
    { label: '8 hours', minutes: 480 },
  ];
  return (await window.showQuickPick(items, { title, placeHolder: 'For how long?' }))?.minutes;
}
