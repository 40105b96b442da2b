// Programs that the system may have: where they are, and how they are started so that nothing of theirs outlives us.
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Absolute path of a program on the PATH, or undefined. */
export function onPath(program) {
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program];
  for (const folder of (process.env.PATH ?? '').split(delimiter).filter(Boolean)) {
    for (const name of names) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        if (statSync(path).isFile()) return path;
      } catch {
        // Not here.
      }
    }
  }
  return undefined;
}

const running = new Set();

function end(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone.
  }
}

const temporary = new Set();

/** A fresh folder for as long as this process runs. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `authlint-${name}-`));
  temporary.add(folder);
  return folder;
}

// Whatever ends us (a failure, Ctrl-C, a closed pipe) ends what we started, with everything that it started.
process.on('exit', () => {
  for (const child of running) end(child, 'SIGKILL');
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
});
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) process.on(signal, () => process.exit(code));

/** Starts a program as the head of its own process group. `stop()` ends the group and resolves when the head is gone. */
export function startGroup(command, args, options = {}) {
  const child = spawn(command, args, { ...options, detached: true });
  running.add(child);
  const gone = new Promise(done => {
    child.once('exit', done);
    child.once('error', done);
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      end(child, 'SIGTERM');
      const timer = setTimeout(() => end(child, 'SIGKILL'), 3000);
      await gone;
      clearTimeout(timer);
    }
    end(child, 'SIGKILL');
    running.delete(child);
  };
  return { child, gone, stop };
}
