// A real nats-server that runs for a while on a loopback port of the machine's choice, for tests with real clients.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { NatsServer } from './nats-server.ts';

export interface LiveServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a server with a configuration; throws with its own words when it does not start. */
export async function startServer({ binary }: NatsServer, configuration: string): Promise<LiveServer> {
  const root = resolve('.cache/oracle-live');
  mkdirSync(root, { recursive: true });
  const folder = mkdtempSync(join(root, 'server-'));
  const file = join(folder, 'nats.conf');
  writeFileSync(file, configuration);
  const child = spawn(binary, ['-c', file, '-a', '127.0.0.1', '-p', '-1'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const stopped = new Promise<void>(done => child.once('exit', () => done()));
  const stop = async () => {
    child.kill('SIGKILL');
    await stopped;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { port: await readyPort(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The port that the server says it listens on, once it is ready. */
function readyPort(child: ChildProcess): Promise<number> {
  return new Promise((done, fail) => {
    let said = '';
    const give = setTimeout(() => fail(new Error(`nats-server is not ready after half a minute: ${said}`)), 30_000);
    child.once('exit', () => fail(new Error(`nats-server stopped: ${said}`)));
    child.once('error', fail);
    child.stderr?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const port = /Listening for client connections on [^\s]*:(\d+)/.exec(said)?.[1];
      if (!port || !said.includes('Server is ready')) return;
      clearTimeout(give);
      said = '';
      done(Number(port));
    });
  });
}
