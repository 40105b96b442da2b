// `authlint lsp --stdio`: hands this process over to the language server's own bundle, so that no other command pays for it.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { exitCodes, type Terminal } from './terminal.ts';

/** Ends when the server does. */
export async function lsp(terminal: Terminal): Promise<number> {
  createRequire(join(terminal.dist, 'cli.js'))('./server.js');
  return exitCodes.clean;
}
