// "Authlint: Check Token…": what a token says, and what is wrong with it.
import { State } from 'vscode-languageclient';
import { type CheckTokenParams, type CheckTokenResult, checkTokenRequest } from '../../../server/src/protocol.ts';
import { pickToken } from '../views/pick-token.ts';
import type { Command } from './index.ts';

export const checkToken: Command = async ({ server, pages }, given) => {
  const token = await pickToken('Authlint: Check Token', server, given);
  if (token === undefined) return;
  if (server.state !== State.Running) await server.start();
  const params: CheckTokenParams = { token };
  const { markdown } = await server.request<CheckTokenResult>(checkTokenRequest, params);
  await pages.showReport('Token report.md', markdown, 'here');
};
