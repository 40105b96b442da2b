#!/usr/bin/env node
import { main } from './cli/main.ts';
import { wantsColours } from './cli/terminal.ts';

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

async function readInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

void main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  dist: __dirname,
  colours: wantsColours(process.env, process.stdout.isTTY === true),
  interactive: process.stderr.isTTY === true,
  readInput,
  out: text => void process.stdout.write(text),
  err: text => void process.stderr.write(text),
}).then(exitCode => {
  process.exitCode = exitCode;
});
