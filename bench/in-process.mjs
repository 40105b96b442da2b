// Times the core alone, without a protocol or a process around it. Runs in a process of its own, so that a measurement begins cold.
//   node bench/in-process.mjs BUNDLE '{ "what": "edit", "file": …, "runs": … }' [PROFILE]
// prints JSON, and writes a profile of what it timed.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { interval } from './profile.mjs';

const [bundle, words, profile] = process.argv.slice(2);
const { Analyzer, findTokens } = await import(pathToFileURL(bundle).href);
const { what, file, match, runs } = JSON.parse(words);
const text = readFileSync(file, 'utf8');
const id = pathToFileURL(file).href;

const times = [];
const cpu = [];
let findings = 0;

/** Times `run` by the clock and by what the process used, which a busy machine disturbs less. */
function time(run) {
  const before = process.cpuUsage();
  const start = performance.now();
  run();
  times.push(performance.now() - start);
  const { user, system } = process.cpuUsage(before);
  cpu.push((user + system) / 1000);
}

let session;
/** From here on it counts. */
async function startProfile() {
  if (profile === undefined) return;
  const { Session } = await import('node:inspector/promises');
  session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval });
  await session.post('Profiler.start');
}

function judge(analyzer, edited) {
  analyzer.setFile({ id, text: edited });
  for (let missing = analyzer.wanted(); missing.length > 0; missing = analyzer.wanted())
    for (const file of missing) analyzer.setAbsent(file);
  findings = analyzer.result(id).findings.length;
}

if (what === 'edit') {
  const analyzer = new Analyzer(Date.now);
  const from = text.length >> 1;
  const place = from + text.slice(from).search(new RegExp(match));
  const end = text.indexOf('\n', place);
  // A string of one piece, as an editor hands it over.
  const editedText = i => Buffer.from(`${text.slice(0, end)}${i % 2 ? '' : '1'}${text.slice(end)}`).toString();
  judge(analyzer, text);
  for (let i = 0; i < 5; i++) judge(analyzer, editedText(i));
  await startProfile();
  for (let i = 5; i < runs + 5; i++) {
    const edited = editedText(i);
    time(() => judge(analyzer, edited));
  }
} else if (what === 'search') {
  for (let i = 0; i < runs; i++) {
    time(() => {
      findings = [...findTokens(text)].length;
    });
  }
} else if (what === 'yardstick') {
  const { parseDocument } = await import('yaml');
  for (let i = 0; i < runs; i++) time(() => parseDocument(text));
} else {
  await startProfile();
  for (let i = 0; i < runs; i++) time(() => judge(new Analyzer(Date.now), text));
}
if (session) writeFileSync(profile, JSON.stringify((await session.post('Profiler.stop')).profile));
console.log(JSON.stringify({ times, cpu, findings }));
