#!/usr/bin/env node
// How often does Authlint agree with a nats-server of a chosen version about configurations that others wrote?
//   node scripts/oracle/corpus.mjs [--server 2.15] [--corpus ../shared/corpus] [--cli "node dist/cli.js"] [--most 20] [--only parse]
//   node scripts/oracle/corpus.mjs --server 2.9.10 --calibrate      the server here against the verdicts written beside the files
// The folder holds <set>/manifest.jsonl with one row for each file. Every file is given to the real server, with `-t` and then to
// start, shut in by itself; variables of the environment are filled in and missing certificates made. Exit 0 only at full agreement.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { load } from '../load-core.mjs';

const option = (name, otherwise) => {
  const i = process.argv.indexOf(`--${name}`);
  return i < 0 ? otherwise : process.argv[i + 1];
};
const corpus = resolve(option('corpus', '../shared/corpus'));
const wantedVersion = option('server', '2.15');
const cli = option('cli', 'node dist/cli.js').split(' ');
const most = Number(option('most', 20));
const syntaxOnly = option('only') === 'parse';
const calibrate = process.argv.includes('--calibrate');

const { ask, findServers } = await load('test/oracle/nats-server.ts');
const server = findServers().find(({ version }) => version === wantedVersion || version.startsWith(`${wantedVersion}.`));
if (!server) {
  console.error(
    `no nats-server ${wantedVersion} on this machine; there are: ${findServers().map(s => s.version)}. "npm test -- --only oracle" fetches them.`,
  );
  process.exit(2);
}

const rows = readdirSync(corpus)
  .filter(set => /^nats-[ab]$/.test(set))
  .flatMap(set =>
    readFileSync(join(corpus, set, 'manifest.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line))
      .filter(row => row.lint_verdict !== 'unknown' && !row.flaky && !row.included_by && !row.not_nats)
      .map(row => ({ ...row, path: join(corpus, set, row.file) }))
      .filter(row => existsSync(row.path)),
  );

/** The file as the question to a server: with the other configurations of its repository beside it, started where its tests start it. */
function questionOf(row) {
  const repository = /^repo\/[^/]+\//.exec(row.file)?.[0] ?? /^wild\/[^/]+\//.exec(row.file)?.[0];
  if (!repository)
    return {
      files: new Map([[basename(row.file), readFileSync(row.path, 'utf8')]]),
      main: basename(row.file),
      folder: `/${row.cwd ?? ''}`,
      syntaxOnly,
    };
  const top = row.path.slice(0, row.path.length - row.file.length + repository.length);
  const files = new Map(
    readdirSync(top, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath ?? entry.path, entry.name))
      .map(path => [relative(top, path), readFileSync(path, 'utf8')]),
  );
  const main = relative(top, row.path);
  return { files, main, folder: row.cwd ? `/${row.cwd}` : `/${dirname(main)}`, syntaxOnly };
}

const started = Date.now();
const answers = new Map();
const queue = [...rows];
await Promise.all(
  Array.from({ length: availableParallelism() * 2 }, async () => {
    for (let row = queue.shift(); row; row = queue.shift()) answers.set(row.path, await ask(server, questionOf(row)));
  }),
);
console.log(`asked nats-server ${server.version} about ${rows.length} files in ${((Date.now() - started) / 1000).toFixed(1)} s`);

if (process.argv.includes('--show-environment')) {
  for (const row of rows) {
    const { verdict, message } = answers.get(row.path);
    if (verdict === 'environment') console.log(`${relative(corpus, row.path)}: ${message.replaceAll('\n', ' | ')}`);
  }
}

const table = new Map();
const disagreements = [];
let agreed = 0;
/** Prints nothing; keeps what disagrees. A server that walks maps in random order may say the other thing when asked again. */
const compare = async (row, theirs, ours, other) => {
  // Where this machine stopped the server, nothing is known but that `-t` has nothing against the file.
  const fits = verdict => (verdict === 'environment' || (syntaxOnly && verdict === 'accepts') ? ours !== 'parse' : ours === verdict);
  let same = fits(theirs);
  for (let again = 0; again < 4 && !same && !calibrate; again++) same = fits((await ask(server, questionOf(row))).verdict);
  const key = `${theirs} -> ${ours}`;
  table.set(key, (table.get(key) ?? 0) + 1);
  if (same) agreed++;
  else
    disagreements.push(
      `${relative(corpus, row.path)}: nats-server ${theirs} (${answers.get(row.path).message.replaceAll('\n', ' | ')}); ${other} ${ours}`,
    );
};

if (calibrate) {
  for (const row of rows) {
    const { verdict } = answers.get(row.path);
    const recorded =
      row.lint_verdict === 'reject'
        ? 'parse'
        : row.startup === 'refused' && row.startup_class === 'semantic'
          ? 'start'
          : row.startup === 'ready'
            ? 'accepts'
            : 'environment';
    await compare(
      row,
      recorded === 'environment' && verdict !== 'parse' ? 'environment' : verdict,
      recorded === 'environment' && verdict === 'parse' ? 'accepts' : recorded,
      'recorded',
    );
  }
} else {
  const run = spawnSync(
    cli[0],
    [
      ...cli.slice(1),
      'check',
      '--language',
      'nats-conf',
      '--format',
      'json',
      '--no-config',
      '--fail-on',
      'never',
      '--nats-server',
      server.version,
      '--files-from',
      '-',
    ],
    { input: `${rows.map(row => row.path).join('\n')}\n`, maxBuffer: 1 << 30, encoding: 'utf8' },
  );
  if (run.status !== 0) {
    console.error(run.stderr?.slice(0, 2000));
    console.log(`agreement: the command ended with ${run.status ?? run.error}`);
    process.exit(1);
  }
  const output = JSON.parse(run.stdout);
  const ours = new Map(output.files.map(file => [resolve(file.path), file.rejected ?? 'accepts']));
  for (const row of rows) await compare(row, answers.get(row.path).verdict, ours.get(row.path) ?? 'not analysed', 'authlint');
  if (output.faults?.length) console.log(`faults: ${output.faults.length}, first: ${JSON.stringify(output.faults[0]).slice(0, 300)}`);
}

for (const line of disagreements.slice(0, most)) console.log(line);
if (disagreements.length > most) console.log(`… and ${disagreements.length - most} more`);
for (const [key, count] of [...table].sort((a, b) => b[1] - a[1])) console.log(`${String(count).padStart(6)}  ${key}`);
console.log(`agreement with nats-server ${server.version}: ${agreed} of ${rows.length} = ${((100 * agreed) / rows.length).toFixed(2)} %`);
process.exitCode = agreed === rows.length ? 0 : 1;
