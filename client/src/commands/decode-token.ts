// "Authlint: Decode Token…": header and claims, nothing judged.
import { window } from 'vscode';
import { decodedToken } from '../views/decoded-token.ts';
import { pickToken } from '../views/pick-token.ts';
import type { Command } from './index.ts';

export const decodeToken: Command = async ({ server, pages }, given) => {
  const token = await pickToken('Authlint: Decode Token', server, given);
  if (token === undefined) return;
  const text = decodedToken(token);
  if (text === undefined) await window.showWarningMessage('This is no JWT: its first part is no JSON header in base64url.');
  else await pages.showReport('Decoded token.jsonc', text, 'beside');
};
