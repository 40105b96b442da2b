#!/usr/bin/env node
// `npm start`: build, show what Authlint finds in examples/, and open a real editor there with the extension.
//   npm start                     everything
//   npm start -- --no-editor      stops after the findings
//   npm start -- FOLDER           another folder than examples/
// Ctrl-C stops everything that this started.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { build, root } from './bundle.mjs';

const words = process.argv.slice(2);
const options = words.filter(word => word.startsWith('-'));
const [folder = `${root}examples`, ...more] = words.filter(word => !word.startsWith('-')).map(word => resolve(word));
const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory();
if (options.some(option => option !== '--no-editor') || more.length > 0 || !isFolder) {
  console.error('usage: npm start -- [--no-editor] [FOLDER]');
  process.exit(2);
}

const started = performance.now();
try {
  await build();
} catch {
  // esbuild has said what and where.
  console.error('The product could not be built.');
  process.exit(2);
}
console.log(
  `Built in ${((performance.now() - started) / 1000).toFixed(1)} s. What Authlint says about ${relative(root, folder) || folder}:\n`,
);

// Findings are what this is about, so they are no failure here.
const { status, signal } = spawnSync(process.execPath, [`${root}dist/cli.js`, 'check', '--fail-on', 'never'], {
  cwd: folder,
  stdio: 'inherit',
});
if (status !== 0) process.exit(signal ? 130 : 2);
if (options.includes('--no-editor')) process.exit(0);

console.log('\nOpening an editor…');
const [{ openEditor }, { Unavailable }] = await Promise.all([import('./editor/open.mjs'), import('./editor/tier.mjs')]);
try {
  const opened = await openEditor(folder);
  if (opened.kind === 'desktop') console.log('VS Code has opened the folder, with the extension.');
  else console.log(`\nVS Code runs here, with the extension, for a browser on this machine:\n\n  ${opened.url}\n\nCtrl-C stops it.`);
} catch (error) {
  // Not having an editor here is no fault of the person's; what could be shown was shown.
  console.log(`No editor can be opened here: ${error.message}`);
  if (!(error instanceof Unavailable)) process.exitCode = 2;
}
