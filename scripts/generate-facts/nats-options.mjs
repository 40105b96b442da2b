// Checks `facts/nats-options.json` against the source of nats-server and records which version it was checked against.
//   node scripts/generate-facts/nats-options.mjs SOURCE               SOURCE: a checkout or an unpacked Go module of nats-server
//   node scripts/generate-facts/nats-options.mjs SOURCE --since DIR…  also reads in which release each option appeared; each DIR is a git
//                                                                    repository with release tags, or a folder of unpacked modules `v2@vX.Y.Z`
// Exits 1 and names every option that the source has and the facts do not, or the other way round: types and words are a person's work.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bundle.mjs';
import { readOptions } from './nats-options-source.mjs';

const factsPath = `${root}server/src/core/facts/nats-options.json`;
const sourceFiles = ['server/opts.go', 'server/ocsp_peer.go', 'server/ocsp_responsecache.go'];

/** The text of all files that read options, from a folder. */
function fromFolder(folder) {
  return sourceFiles.map(file => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '')).join('\n');
}

function fromTag(repository, tag) {
  const show = file => {
    try {
      return execFileSync('git', ['-C', repository, 'show', `${tag}:${file}`], {
        encoding: 'utf8',
        maxBuffer: 1 << 26,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    } catch {
      return '';
    }
  };
  return sourceFiles.map(show).join('\n');
}

const release = name => /^v(\d+)\.(\d+)\.(\d+)$/.exec(name)?.slice(1).map(Number);
const compare = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/** Every stable release found in the folders, oldest first: { version, options }. */
function readReleases(folders) {
  const found = new Map();
  for (const folder of folders) {
    const modules = readdirSync(folder).filter(name => /^v2@v\d/.test(name));
    const tags = modules.length > 0 ? [] : execFileSync('git', ['-C', folder, 'tag'], { encoding: 'utf8' }).split('\n');
    for (const name of modules) found.set(name.slice('v2@'.length), () => fromFolder(join(folder, name)));
    for (const tag of tags) if (!found.has(tag)) found.set(tag, () => fromTag(folder, tag));
  }
  return [...found]
    .map(([name, read]) => ({ version: release(name), read }))
    .filter(({ version }) => version && compare(version, [2, 2, 0]) >= 0)
    .sort((a, b) => compare(a.version, b.version))
    .map(({ version, read }) => ({ version, options: readOptions(read()) }));
}

/**
 * First releases that know a spelling, one for each release line that got it after its .0: `["2.9.21", "2.10.0"]`.
 * A spelling that the oldest release knows has no entry.
 */
function sinceOf(parser, label, releases) {
  const has = ({ options }) => options.get(parser)?.some(labels => labels.includes(label)) ?? false;
  const lines = new Map();
  for (const one of releases) {
    const line = one.version.slice(0, 2).join('.');
    if (!lines.has(line) && has(one)) lines.set(line, one.version);
  }
  const firsts = [...lines.values()];
  if (firsts.length === 0 || compare(firsts[0], releases[0].version) === 0) return undefined;
  // From the first line on that had it in its .0, later lines have it too.
  const complete = firsts.findIndex(version => version[2] === 0);
  const kept = complete < 0 ? firsts : firsts.slice(0, complete + 1);
  return kept.map(version => version.join('.'));
}

function problemsOf(facts, options) {
  const problems = [];
  const parsers = new Map();
  for (const [name, block] of Object.entries(facts.blocks)) {
    for (const option of Object.entries(block.options)) {
      const parser = parsers.get(block.parser) ?? parsers.set(block.parser, new Map()).get(block.parser);
      for (const label of [option[0], ...(option[1].aliases ?? [])]) parser.set(label, { name, key: option[0] });
    }
  }
  for (const [parser, groups] of options) {
    const known = parsers.get(parser);
    for (const labels of groups) {
      const unknown = labels.filter(label => !known?.has(label));
      if (unknown.length > 0) problems.push(`${parser} reads ${unknown.map(l => `"${l}"`).join(', ')}, which the facts do not know`);
      else if (new Set(labels.map(label => known.get(label).key)).size > 1)
        problems.push(`${parser}: ${labels.join(', ')} are one option in the source`);
    }
  }
  for (const [parser, known] of parsers) {
    const labels = new Set((options.get(parser) ?? []).flat());
    for (const [label, { name }] of known)
      if (!labels.has(label)) problems.push(`the facts have ${name}.${label}, which ${parser} does not read`);
  }
  return problems;
}

/** One option a line, so that a change shows as a line. */
function render(facts) {
  const blocks = Object.entries(facts.blocks).map(([name, { options, ...block }]) => {
    const head = Object.entries(block)
      .map(([key, value]) => `      ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`)
      .join('');
    const lines = Object.entries(options).map(([key, option]) => `        ${JSON.stringify(key)}: ${JSON.stringify(option)}`);
    return `    ${JSON.stringify(name)}: {\n${head}      "options": {\n${lines.join(',\n')}\n      }\n    }`;
  });
  return `{\n  "source": ${JSON.stringify(facts.source)},\n  "blocks": {\n${blocks.join(',\n')}\n  }\n}\n`;
}

const [source, flag, ...folders] = process.argv.slice(2);
if (!source) {
  console.error('usage: node scripts/generate-facts/nats-options.mjs SOURCE [--since DIR…]');
  process.exit(2);
}
const facts = JSON.parse(readFileSync(factsPath, 'utf8'));
const problems = problemsOf(facts, readOptions(fromFolder(source)));
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);

facts.source = `nats-server ${/VERSION\s*=\s*"([^"]+)"/.exec(readFileSync(join(source, 'server/const.go'), 'utf8'))[1]}`;
if (flag === '--since') {
  const releases = readReleases(folders);
  for (const block of Object.values(facts.blocks)) {
    for (const [key, option] of Object.entries(block.options)) {
      const { notes, ...rest } = option;
      delete rest.since;
      delete rest.aliasSince;
      const since = sinceOf(block.parser, key, releases);
      const aliasSince = Object.fromEntries(
        (option.aliases ?? [])
          .map(alias => [alias, sinceOf(block.parser, alias, releases)])
          .filter(([, first]) => String(first) !== String(since)),
      );
      block.options[key] = {
        ...rest,
        ...(since ? { since } : {}),
        ...(Object.keys(aliasSince).length > 0 ? { aliasSince } : {}),
        ...(notes ? { notes } : {}),
      };
    }
  }
}
const text = render(facts);
const before = readFileSync(factsPath, 'utf8');
if (before !== text) writeFileSync(factsPath, text);
const count = Object.values(facts.blocks).reduce((sum, block) => sum + Object.keys(block.options).length, 0);
console.log(
  `${count} options in ${Object.keys(facts.blocks).length} blocks agree with ${facts.source}${before === text ? '' : '; wrote the facts'}`,
);
