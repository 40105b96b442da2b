// Runs the nats-server of this machine, for hosts that can start programs. Without a shell, with an end in time, and never one
// that lies in the workspace by chance: only a path that a person has set for this machine, or a folder of the PATH.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { CancellationToken } from 'vscode';

export interface ProgramRun {
  /** Null when it was ended from outside: too slow, or no longer wanted. */
  readonly exitCode: number | null;
  /** What it wrote to both of its outputs. */
  readonly output: string;
}

export interface NatsServerProgram {
  /** Absolute path of the program; undefined where there is none. `configured` is what the settings say, if anything. */
  find(configured: string): string | undefined;
  /** Runs it in a folder; rejects where it cannot be started. */
  run(program: string, args: readonly string[], folder: string, token: CancellationToken): Promise<ProgramRun>;
}

/** Milliseconds after which it is ended. Reading a configuration takes it a few. */
const patience = 15_000;
/** Characters of its output that anybody reads. */
const mostOutput = 64 * 1024;

export const natsServerProgram: NatsServerProgram = {
  find(configured) {
    if (configured !== '') return isAbsolute(configured) && existsSync(configured) ? configured : undefined;
    const name = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';
    const folders = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute);
    return folders.map(folder => join(folder, name)).find(path => existsSync(path));
  },

  run(program, args, folder, token) {
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, { cwd: folder, shell: false, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8');
        stream.on('data', (text: string) => {
          output = (output + text).slice(0, mostOutput);
        });
      }
      const end = () => child.kill('SIGKILL');
      const timer = setTimeout(end, patience);
      const cancelled = token.onCancellationRequested(end);
      const settle = (action: () => void) => {
        clearTimeout(timer);
        cancelled.dispose();
        action();
      };
      child.once('error', error => settle(() => reject(error)));
      child.once('close', exitCode => settle(() => resolve({ exitCode, output })));
    });
  },
};
