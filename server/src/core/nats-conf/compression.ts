// Compression between servers: which modes there are, and what the times of `auto` must be. Read when the server starts, not by `-t`.
import { knows, valuesOf } from '../facts/nats-values.ts';
import { nearest } from '../lint/nearest.ts';
import type { Report } from '../lint/rule.ts';
import { type Block, type Setting, settingsOf } from './blocks.ts';
import { parseDuration } from './duration.ts';
import { type NatsConf, settingsNamed } from './model.ts';
import { quoted } from './source-edits.ts';
import { stringsIn } from './strings.ts';
import type { EvaluatedString, EvaluatedValue } from './values.ts';

/** Modes that choose by the time a message takes to the other server and back. */
const byTime = /^(s2_)?auto$/i;
const on = /^(on|enabled|true)$/i;
/** For each of the levels uncompressed, fast, better and best. */
const mostThresholds = 4;

/** What stops the start in every `compression`. */
export function* judgeCompression(conf: NatsConf): Generator<Report> {
  const settings = settingsNamed(conf, 'cluster.compression', 'leafnodes.compression', 'leafnode_remote.compression');
  for (const block of new Set(settings.filter(({ available }) => available).map(({ block }) => block))) {
    const { mode, thresholds } = compressionOf(block);
    if (mode?.kind === 'string' && mode.value !== '') yield* judgeMode(conf, mode);
    if (isByTime(block, mode)) yield* judgeThresholds(thresholds);
  }
}

/** What the server holds when it has gone over all spellings: the last mode, and all times one behind the other. */
function compressionOf(owner: Block): { readonly mode: EvaluatedValue | undefined; readonly thresholds: readonly Setting[] } {
  let mode: EvaluatedValue | undefined;
  const thresholds: Setting[] = [];
  for (const { value, blocks } of settingsOf(owner, 'compression')) {
    if (value.kind !== 'map') mode = value;
    for (const setting of blocks[0]?.settings ?? []) {
      if (setting.option.key === 'mode') mode = setting.value;
      else thresholds.push(setting);
    }
  }
  return { mode, thresholds };
}

/** Between leafnodes `on` means `auto`, as does no mode for the listener; between the servers of a cluster both mean something else. */
function isByTime({ fact: { name } }: Block, mode: EvaluatedValue | undefined): boolean {
  if (!mode) return name === 'leafnodes';
  if (mode.kind === 'boolean') return mode.value && name !== 'cluster';
  return mode.kind === 'string' && (byTime.test(mode.value) || (on.test(mode.value) && name !== 'cluster'));
}

function* judgeMode({ version }: NatsConf, mode: EvaluatedString): Generator<Report> {
  const modes = (valuesOf('compression') ?? []).filter(one => knows(version, one)).map(({ name }) => name);
  const text = mode.value.toLowerCase();
  if (modes.includes(text)) return;
  const near = nearest(text, modes);
  const { file, span } = mode.origin;
  yield {
    ...mode.at,
    stage: 'start',
    message: `This is no mode of compression, so nats-server does not start. ${near ? `Did you mean \`${near}\`?` : 'Write off, accept, fast, better, best or auto.'}`,
    ...(near ? { fix: { title: `Write ${near}`, safety: 'unsafe', edits: () => [{ file, span, newText: quoted(near) }] } } : {}),
  };
}

function* judgeThresholds(settings: readonly Setting[]): Generator<Report> {
  const lists = settings.map(({ value }) => value);
  const items = lists.flatMap(value => (value.kind === 'array' ? value.items : [value]));
  const last = settings[settings.length - 1];
  if (!last || items.some(item => item.kind !== 'string')) return;
  const report = (at: { file: string; span: Report['span'] }, why: string): Report => ({
    ...at,
    stage: 'start',
    message: `${why}, so nats-server does not start. Write one to four times, each longer than the one before, for instance [ "10ms", "50ms", "100ms" ].`,
  });
  let longest = 0;
  let used = 0;
  for (const [i, item] of lists.flatMap(value => [...stringsIn(value)]).entries()) {
    const nanoseconds = Math.max(parseDuration(item.value) ?? 0, 0);
    if (nanoseconds === 0) continue;
    if (nanoseconds < longest) {
      yield report(item.at, 'The times at which compression grows stronger must rise');
      return;
    }
    longest = nanoseconds;
    used = i + 1;
  }
  if (used > mostThresholds) yield report(last.entry.keyAt, 'There are four levels of compression, and here are more times');
  // An empty list means the defaults.
  else if (used === 0 && items.length > 0) yield report(last.entry.keyAt, 'Times of 0 leave no level of compression');
}
