// Runs other programs for the test runner: each in a process group of its own, so that a limit or Ctrl-C ends all that it started.
import { spawn } from 'node:child_process';
import { root } from '../bundle.mjs';

const groups = new Set();

function signal(pid, name) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, name);
    return true;
  } catch {
    // It has ended by itself.
    return false;
  }
}

/** Asks everything that is running to end, so that it can end what it started itself, and insists after three seconds. */
async function stopAll() {
  for (const pid of groups) signal(pid, 'SIGTERM');
  for (let waited = 0; waited < 3000 && [...groups].some(pid => signal(pid, 0)); waited += 50) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  for (const pid of groups) signal(pid, 'SIGKILL');
}

let stopping = false;

/** Ends everything and then this program. */
export async function stop(code) {
  if (stopping) return;
  stopping = true;
  await stopAll();
  process.exit(code);
}

process.on('exit', () => {
  for (const pid of groups) signal(pid, 'SIGTERM');
});
for (const [name, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(name, () => {
    console.error(`\nstopped by ${name}`);
    stop(code);
  });
}
// Whoever reads our output may leave (`| head`): then nothing of ours may stay behind.
process.stdout.on('error', () => stop(1));

/**
 * Runs a program to its end. `limit` is in seconds; `live` passes its output through as it comes.
 * Gives { code, output, timedOut }: code is null when it was ended by a signal.
 */
export function run(command, args, { limit = 600, env = {}, cwd = root, live = false } = {}) {
  return new Promise(done => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let timedOut = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', text => {
        output += text;
        if (live) process.stdout.write(text);
      });
    }
    const timer = setTimeout(() => {
      timedOut = true;
      signal(child.pid, 'SIGTERM');
      setTimeout(() => signal(child.pid, 'SIGKILL'), 2000).unref();
    }, limit * 1000);
    const end = (code, words = '') => {
      clearTimeout(timer);
      if (child.pid) {
        // What it started must not outlive it, and would keep our pipes open.
        signal(child.pid, 'SIGKILL');
        groups.delete(child.pid);
      }
      done({ code, output: output + words, timedOut });
    };
    if (child.pid) groups.add(child.pid);
    child.once('error', error => end(127, `${command}: ${error.message}\n`));
    child.once('exit', code => {
      // Its own output has been read by the time that the pipes close; a stray child may hold them open for ever.
      const closed = new Promise(resolve => child.once('close', resolve));
      Promise.race([closed, new Promise(resolve => setTimeout(resolve, 1000).unref())]).then(() => end(code));
    });
  });
}
