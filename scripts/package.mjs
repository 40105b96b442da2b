// Writes the one package that people install, `authlint-<version>.vsix`, for every platform: no dependency is in it but
// what the bundles hold.
//   node scripts/package.mjs [--out FILE]
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, root } from './bundle.mjs';

const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** What `.vscodeignore` lets in: paths and whole folders. */
function packagedPaths() {
  const lines = readFileSync(`${root}.vscodeignore`, 'utf8').split('\n');
  return lines.filter(line => line.startsWith('!')).map(line => line.slice(1).replace(/\/\*\*$/, ''));
}

/** Copies into `folder` what a package holds, `dist/` as it stands. */
export function stagePackage(folder) {
  for (const name of ['.vscodeignore', ...packagedPaths()]) {
    if (!existsSync(root + name)) throw new Error(`the package would lack ${name}`);
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(root + name, join(folder, name), { recursive: true });
  }
  const { scripts, devDependencies, private: _, ...published } = manifest;
  writeFileSync(join(folder, 'package.json'), JSON.stringify(published));
  // Laid out is JSON for those who read the repository.
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.json'))) {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(JSON.parse(readFileSync(path, 'utf8'))));
  }
}

/**
 * Packages `dist/` as it stands and returns { path, files, bytes }. It is done in a folder that holds only what belongs into the
 * package, because the packager reads the names of every file around it, and there are editors below `.cache`. `quiet` keeps
 * the packager's words from the console.
 */
export async function createPackage(path = `${root}authlint-${manifest.version}.vsix`, { quiet = false } = {}) {
  const { createVSIX, listFiles } = await import('@vscode/vsce');
  const stage = mkdtempSync(join(tmpdir(), 'authlint-package-'));
  const { log } = console;
  if (quiet) console.log = () => undefined;
  try {
    stagePackage(stage);
    await createVSIX({ cwd: stage, packagePath: path, dependencies: false });
    return { path, files: await listFiles({ cwd: stage, dependencies: false }), bytes: statSync(path).size };
  } finally {
    console.log = log;
    rmSync(stage, { recursive: true, force: true });
  }
}

if (process.argv[1]?.endsWith('package.mjs')) {
  const at = process.argv.indexOf('--out');
  await build();
  const { path, files, bytes } = await createPackage(at < 0 ? undefined : process.argv[at + 1]);
  console.log(`${path}: ${files.length} files, ${(bytes / 1024).toFixed(0)} KiB`);
}
