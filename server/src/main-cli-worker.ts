// Entry of `dist/cli-worker.js`, a thread of `authlint check`: what it does is in the bundle that the command runs, so that V8 has compiled it.
import { join } from 'node:path';
import type { LoadCommands } from './cli/main.ts';
import { requireCompiled } from './hosts/compiled-code.ts';

/** Set by the bundler. */
declare const COMMANDS_CONTENT: string;

const { judgeShare } = requireCompiled(join(__dirname, 'cli-commands.js'), COMMANDS_CONTENT, { keeps: false }) as Awaited<
  ReturnType<LoadCommands>
>;
void judgeShare();
