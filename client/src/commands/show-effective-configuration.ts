// "Authlint: Show Effective Configuration": the file with everything resolved that it refers to, beside it, read-only, without secrets.
import { Uri, window } from 'vscode';
import {
  type EffectiveConfigurationParams,
  type EffectiveConfigurationResult,
  effectiveConfigurationRequest,
} from '../../../server/src/protocol.ts';
import type { Command } from './index.ts';

/** `target` is the URI of a file that is open or in the workspace; without one, the file in the editor is meant. */
export const showEffectiveConfiguration: Command = async ({ server, pages }, target) => {
  const uri = target instanceof Uri ? target : window.activeTextEditor?.document.uri;
  const params: EffectiveConfigurationParams | undefined = uri && { uri: uri.toString() };
  const result = params && (await server.request<EffectiveConfigurationResult>(effectiveConfigurationRequest, params));
  if (!uri || !result) {
    await window.showWarningMessage('Open a NATS configuration, a Compose file or a dotenv file: of others there is nothing to resolve.');
    return;
  }
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  await pages.showReport(`Effective ${name}`, result.text, 'beside', result.language);
};
