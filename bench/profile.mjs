// Where the time of a measurement goes: V8's profile of it, added up by the sources that the built code came from.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Microseconds between two looks of the profiler. */
export const interval = 250;
/** Work that is less than this part of the whole is not told. */
const worthTelling = 0.03;

/**
 * Profiles one run of node, all its threads together. `command` gives its arguments, its working directory, and whether it profiles itself,
 * since only a stretch of it counts: then its last argument says into which file.
 * @returns { total, parts: [[label, ms], …] } without the time in which nothing ran, longest part first
 */
export function profileOf(root, folder, { args, cwd, profilesItself = false }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-interval=${interval}`];
  const whole = profilesItself ? [...args, join(folder, 'timed.cpuprofile')] : [...flags, ...args];
  const { stderr } = spawnSync(process.execPath, whole, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  const files = readdirSync(folder);
  if (files.length === 0) throw new Error(`nothing was profiled: ${stderr}`);
  const parts = new Map();
  const labelOf = sourceReader(root);
  for (const name of files) addProfile(parts, JSON.parse(readFileSync(join(folder, name), 'utf8')), labelOf);
  // The core asks nothing of node: that is the measurement.
  if (profilesItself) parts.delete('node');
  const sorted = [...parts].sort(([, one], [, other]) => other - one);
  return { total: sorted.reduce((sum, [, time]) => sum + time, 0), parts: sorted };
}

/** Adds the time that each function itself took to its part; what V8 has built in counts for whoever calls it. */
function addProfile(parts, { nodes, samples, timeDeltas }, labelOf) {
  const labels = new Map();
  const byId = new Map(nodes.map(node => [node.id, node]));
  const visit = ({ id, callFrame, children = [] }, caller) => {
    const label = callFrame.url === '' && !callFrame.functionName.startsWith('(') ? caller : labelOf(callFrame);
    labels.set(id, label);
    for (const child of children) visit(byId.get(child), label);
  };
  visit(nodes[0], undefined);
  samples.forEach((id, at) => {
    const label = labels.get(id);
    if (label !== undefined) parts.set(label, (parts.get(label) ?? 0) + timeDeltas[at] / 1000);
  });
}

/** Gives a frame of a profile the name of the part of the product that it is; undefined while nothing runs. */
function sourceReader(root) {
  const maps = new Map();
  const mapOf = path => {
    if (!maps.has(path))
      maps.set(path, existsSync(`${path}.map`) ? new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8'))) : undefined);
    return maps.get(path);
  };
  return ({ functionName, url, lineNumber, columnNumber }) => {
    if (functionName === '(idle)') return undefined;
    if (functionName === '(garbage collector)') return 'collecting garbage';
    if (functionName === '(root)' || functionName === '(program)') return 'V8 and the system';
    if (url.startsWith('node:')) return 'node';
    const path = url.startsWith('file:') ? fileURLToPath(url) : url;
    const source = mapOf(path)?.findEntry(lineNumber, columnNumber)?.originalSource;
    return source === undefined ? 'node' : partOf(relative(root, resolve(dirname(path), source)));
  };
}

/** `server/src/core/compose/rules/x.ts` is in `compose/rules`, and a library is its name. */
function partOf(path) {
  const [, library] = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  return library === undefined
    ? dirname(path)
        .replace(/^server\/src\//, '')
        .replace(/^core\//, '')
    : `\`${library}\``;
}

const begin = '<!-- profiles: begin -->';
const end = '<!-- profiles: end -->';

/** A profile as one line: what takes how many per cent of how much. */
export function renderProfile({ total, parts }) {
  const told = parts.filter(([, time]) => time >= total * worthTelling);
  return `${Math.round(total)} | ${told.map(([label, time]) => `${label} ${Math.round((time / total) * 100)}`).join(', ')}`;
}

/** `page` with the profiles between its two marks; rows that were not made this time stay. */
export function renderProfiles(page, profiles) {
  const [before, rest] = page.split(begin);
  const [old, after] = rest.split(end);
  const rows = new Map([...old.matchAll(/^\| `([^`]+)` \|.*$/gm)].map(match => [match[1], match[0]]));
  for (const [id, profile] of profiles) rows.set(id, `| \`${id}\` | ${renderProfile(profile)} |`);
  return `${before}${begin}\n| measurement | ms | of it, in per cent |\n|---|---|---|\n${[...rows.values()].join('\n')}\n${end}${after}`;
}
