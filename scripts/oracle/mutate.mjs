#!/usr/bin/env node
// Changes configurations at random and compares what we say of each with what real servers do.
//   node scripts/oracle/mutate.mjs [--seed 1] [--count 1000] [--server 2.15.2] [--lanes 2] [--most 20] [--corpus ../shared/corpus]
// Without --server the oldest and the newest are asked. Starts from the texts on the rules' pages, and from those of a corpus where one is
// given (the folder that scripts/oracle/corpus.mjs takes). Prints each text that we judge otherwise; exit 0 when there is none.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../load-core.mjs';

const option = (name, otherwise) => {
  const i = process.argv.indexOf(`--${name}`);
  return i < 0 ? otherwise : process.argv[i + 1];
};
const seed = Number(option('seed', 1));
const count = Number(option('count', 1000));
const lanes = Number(option('lanes', 2));
const most = Number(option('most', 20));
const wanted = option('server');
const corpus = option('corpus');

const { disagreements, variants } = await load('test/oracle/differential.ts');
const { findFixtures } = await load('test/oracle/fixtures.ts');
const { findServers, judges } = await load('test/oracle/nats-server.ts');

const seeds = findFixtures().flatMap(({ files, main }) => (files.size === 1 ? [files.get(main)] : []));
if (corpus) {
  for (const set of readdirSync(corpus).filter(name => /^nats-[ab]$/.test(name))) {
    for (const line of readFileSync(join(corpus, set, 'manifest.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean)) {
      const row = JSON.parse(line);
      const path = join(corpus, set, row.file);
      // What needs other files, or is none of NATS, says nothing when it stands alone.
      if (row.lint_verdict === 'unknown' || row.flaky || row.included_by || row.not_nats || !existsSync(path)) continue;
      const text = readFileSync(path, 'utf8');
      if (!/^\s*include\s/im.test(text)) seeds.push(text);
    }
  }
}

const servers = findServers().filter(({ version }) => (wanted ? version.startsWith(wanted) : judges.includes(version)));
if (servers.length === 0) {
  console.error(`no such nats-server on this machine; there are: ${findServers().map(({ version }) => version)}`);
  process.exit(2);
}
const texts = variants(seeds, seed, count);
let wrong = 0;
for (const server of servers) {
  const started = Date.now();
  const found = await disagreements(server, texts, lanes);
  wrong += found.length;
  for (const { text, claim, verdict, message } of found.slice(0, most)) {
    console.log(`--- nats-server ${server.version}: ${verdict} (${message.replaceAll('\n', ' | ')}); we say ${claim}\n${text}`);
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(
    `nats-server ${server.version}, seed ${seed}: ${texts.length - found.length} of ${texts.length} judged alike in ${seconds} s`,
  );
}
process.exitCode = wrong === 0 ? 0 : 1;
