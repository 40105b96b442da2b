#!/usr/bin/env node
import { join } from 'node:path';
import { type LoadCommands, main } from './cli/main.ts';
import { type Terminal, wantsColours } from './cli/terminal.ts';
import { requireCompiled } from './hosts/compiled-code.ts';

/** Set by the bundler. */
declare const COMMANDS_CONTENT: string;

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

async function readInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const uses = new Set<string>();
const terminal: Terminal = {
  cwd: process.cwd(),
  env: process.env,
  dist: __dirname,
  colours: wantsColours(process.env, process.stdout.isTTY === true),
  interactive: process.stderr.isTTY === true,
  readInput,
  out: text => void process.stdout.write(text),
  err: text => void process.stderr.write(text),
  uses: what => void uses.add(what),
};
const load: LoadCommands = () =>
  requireCompiled(join(__dirname, 'cli-commands.js'), COMMANDS_CONTENT, { uses }) as ReturnType<LoadCommands>;

void main(process.argv.slice(2), terminal, load).then(exitCode => {
  process.exitCode = exitCode;
});
