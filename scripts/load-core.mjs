// Bundles a TypeScript module of ours and imports it, for scripts that need what the product knows.
import { mkdirSync, rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { root } from './bundle.mjs';

const loaded = new Map();

/** The exports of `path` (below the repository). */
export function load(path) {
  if (!loaded.has(path)) loaded.set(path, bundleAndImport(path));
  return loaded.get(path);
}

async function bundleAndImport(path) {
  mkdirSync(`${root}.cache`, { recursive: true });
  const outfile = `${root}.cache/${path.replaceAll('/', '-').replace(/\.ts$/, '')}-${process.pid}.mjs`;
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [path],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  const exports = await import(pathToFileURL(outfile).href);
  rmSync(outfile);
  return exports;
}
