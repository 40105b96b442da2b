// The part of `run-desktop.mjs` that runs in a process group of its own, so that a VS Code that hangs can be ended with it.
import { runTests } from '@vscode/test-electron';

try {
  process.exit(await runTests(JSON.parse(process.argv[2])));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
