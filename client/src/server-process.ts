// The language server as a process. One is started before the library that speaks with it is loaded, since both take their time.
import { type ChildProcess, fork } from 'node:child_process';
import type { Disposable, LogOutputChannel } from 'vscode';

/** Milliseconds in which a server that was told to end may do so. */
const farewell = 2000;

/**
 * For the allocator of glibc. One arena for all threads: with one each, what it keeps for itself is several times as much. And pieces of its
 * usual threshold go back to the system when they are free, also after the first large one, which would raise the threshold.
 */
const frugal = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072' };

export class ServerProcess implements Disposable {
  readonly #module: string;
  #child: ChildProcess;
  #isTaken = false;

  /** `module` is the path of the server. */
  constructor(module: string) {
    this.#module = module;
    this.#child = this.#start();
  }

  /** The process for one connection, in place of the one before. Throws where none can be started. */
  take(output: LogOutputChannel): ChildProcess {
    if (this.#isTaken || hasEnded(this.#child)) {
      end(this.#child);
      this.#child = this.#start();
    }
    this.#isTaken = true;
    const { pid, stdout, stderr } = this.#child;
    if (pid === undefined) throw new Error('The process of the language server could not be started.');
    stdout?.on('data', words => output.info(String(words).trimEnd()));
    stderr?.on('data', words => output.error(String(words).trimEnd()));
    return this.#child;
  }

  dispose(): void {
    const child = this.#child;
    setTimeout(() => end(child), farewell).unref();
  }

  #start(): ChildProcess {
    // `--inspect-port=0` alone, which every extension host is given, opens nothing.
    const isDebugged = process.execArgv.some(argument => /^--inspect(?:-brk)?(?:=|$)/.test(argument));
    const child = fork(this.#module, ['--node-ipc', `--clientProcessId=${process.pid}`], {
      silent: true,
      // Megabytes for what is new: with V8's own measure most of the server's memory would be waiting to be collected.
      execArgv: ['--max-semi-space-size=4', ...(isDebugged ? ['--nolazy', '--inspect=6009'] : [])],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1', ...frugal },
    });
    // Whoever takes it hears of it.
    child.on('error', () => undefined);
    return child;
  }
}

function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}

function end(child: ChildProcess): void {
  if (!hasEnded(child)) child.kill('SIGKILL');
}
