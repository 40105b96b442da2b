// "Authlint: Show Auth Map": who authenticates to whom in this workspace, with the findings of each.
import { env, Range, Uri, ViewColumn, window } from 'vscode';
import { type AuthMapResult, authMapRequest } from '../../../server/src/protocol.ts';
import { type AuthMapMessage, authMapPage } from '../views/auth-map/auth-map.ts';
import { authMapMarkdown } from '../views/auth-map/markdown.ts';
import type { Command, Workbench } from './index.ts';

export const showAuthMap: Command = async workbench => {
  const { server, views } = workbench;
  const map = await server.request<AuthMapResult>(authMapRequest, {});
  views.authMap.show(authMapPage(map), message => answer(message as AuthMapMessage, map, workbench));
};

async function answer(message: AuthMapMessage, map: AuthMapResult, workbench: Workbench): Promise<void> {
  if ('go' in message) {
    const { start, end } = message.go.range;
    const selection = new Range(start.line, start.character, end.line, end.character);
    await window.showTextDocument(Uri.parse(message.go.uri), { selection, viewColumn: ViewColumn.Beside });
  } else if (message.run === 'copy') {
    await env.clipboard.writeText(authMapMarkdown(map));
    window.setStatusBarMessage('Authlint: the auth map is in the clipboard.', 4000);
  } else await showAuthMap(workbench);
}
