// Writes the one package that people install, `authlint-<version>.vsix`, for every platform: no dependency is in it but
// what the bundles hold.
//   node scripts/package.mjs [--out FILE]
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, root } from './bundle.mjs';

const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** What `.vscodeignore` lets in: paths and whole folders. */
function packagedPaths() {
  const lines = readFileSync(`${root}.vscodeignore`, 'utf8').split('\n');
  return lines.filter(line => line.startsWith('!')).map(line => line.slice(1).replace(/\/\*\*$/, ''));
}

/**
 * Packages `dist/` as it stands and returns { path, files, bytes }. It is done in a folder that holds only what belongs into the
 * package, because the packager reads the names of every file around it, and there are editors below `.cache`. `quiet` keeps
 * the packager's words from the console.
 */
export async function createPackage(path = `${root}authlint-${manifest.version}.vsix`, { quiet = false } = {}) {
  const { createVSIX, listFiles } = await import('@vscode/vsce');
  const stage = `${root}.cache/package`;
  rmSync(stage, { recursive: true, force: true });
  for (const name of ['.vscodeignore', ...packagedPaths()]) {
    if (!existsSync(root + name)) throw new Error(`the package would lack ${name}`);
    mkdirSync(dirname(join(stage, name)), { recursive: true });
    cpSync(root + name, join(stage, name), { recursive: true });
  }
  const { scripts, devDependencies, private: _, ...published } = manifest;
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  const { log } = console;
  if (quiet) console.log = () => undefined;
  try {
    await createVSIX({ cwd: stage, packagePath: path, dependencies: false });
  } finally {
    console.log = log;
  }
  const files = await listFiles({ cwd: stage, dependencies: false });
  rmSync(stage, { recursive: true, force: true });
  return { path, files, bytes: statSync(path).size };
}

if (process.argv[1]?.endsWith('package.mjs')) {
  const at = process.argv.indexOf('--out');
  await build();
  const { path, files, bytes } = await createPackage(at < 0 ? undefined : process.argv[at + 1]);
  console.log(`${path}: ${files.length} files, ${(bytes / 1024).toFixed(0)} KiB`);
}
