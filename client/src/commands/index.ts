// The palette's commands by id. One file each says what it does.
import { commands, Disposable } from 'vscode';
import type { Server } from '../server.ts';
import type { Pages } from '../views/pages.ts';
import { checkToken } from './check-token.ts';
import { decodeToken } from './decode-token.ts';
import { restartServer } from './restart-server.ts';
import { showOutput } from './show-output.ts';
import { showRulePage } from './show-rule-page.ts';

/** What commands work with. */
export interface Workbench {
  readonly server: Server;
  readonly pages: Pages;
}

export type Command = (workbench: Workbench, ...args: unknown[]) => unknown;

const commandsById: Readonly<Record<string, Command>> = {
  'authlint.checkToken': checkToken,
  'authlint.decodeToken': decodeToken,
  'authlint.restartServer': restartServer,
  'authlint.showOutput': showOutput,
  'authlint.showRulePage': showRulePage,
};

export function registerCommands(workbench: Workbench): Disposable {
  return Disposable.from(
    ...Object.entries(commandsById).map(([id, command]) => commands.registerCommand(id, (...args) => command(workbench, ...args))),
  );
}
