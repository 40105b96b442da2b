// Tokens for development, for the services of the workspace whose secret is known. The secret stays in the server.
import type { Signer } from '../../checks/development-token.ts';
import type { DevelopmentSignersResult, DevelopmentTokenParams, DevelopmentTokenResult } from '../../protocol.ts';
import type { ServerContext } from '../server.ts';
import { verifiersHere } from '../workspace-verifiers.ts';

export async function developmentSigners({ session }: ServerContext): Promise<DevelopmentSignersResult> {
  const signers = await signersHere(session);
  return { signers: signers.map(({ verifier, algorithm }) => ({ name: verifier.name, path: verifier.path ?? '', algorithm })) };
}

export async function developmentToken(
  { session, platform }: ServerContext,
  { name, path, ...claims }: DevelopmentTokenParams,
): Promise<DevelopmentTokenResult> {
  const signer = (await signersHere(session)).find(({ verifier }) => verifier.name === name && (verifier.path ?? '') === path);
  if (!signer) return null;
  const { developmentToken: sign } = await import('../../checks/development-token.ts');
  return { token: await sign(signer, claims, platform.clock()) };
}

async function signersHere(session: ServerContext['session']): Promise<readonly Signer[]> {
  const { signersAmong } = await import('../../checks/development-token.ts');
  return signersAmong((await verifiersHere(session, '', undefined)).verifiers);
}
