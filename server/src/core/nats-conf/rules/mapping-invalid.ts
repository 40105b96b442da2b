// Subject mappings must be possible: valid subjects, placeholders that exist, weights of at most 100 percent together.
import { behaves } from '../../facts/nats-behaviors.ts';
import type { Release } from '../../facts/nats-release.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { isValidSubject } from '../../nats-auth/subject.ts';
import { mappingFunctions, mappingProblem, type TransformProblem } from '../../nats-auth/subject-transform.ts';
import { weightOf } from '../account-flows.ts';
import { type Block, settingOf, stringOf } from '../blocks.ts';
import { type NatsConf, settingsNamed } from '../model.ts';
import { quoted, removePair } from '../source-edits.ts';
import type { EvaluatedEntry, EvaluatedValue, Place } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/mapping-invalid',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    for (const mappings of settingsNamed(conf, 'server.mappings', 'account.mappings')) {
      if (mappings.value.kind !== 'map') continue;
      const blocks = new Map<EvaluatedValue, Block>(mappings.blocks.map(one => [one.map, one]));
      for (const entry of mappings.value.entries.values()) yield* judgeMapping(conf, blocks, entry);
    }
  },
});

function* judgeMapping(conf: NatsConf, blocks: ReadonlyMap<EvaluatedValue, Block>, entry: EvaluatedEntry): Generator<Report> {
  if (!isValidSubject(entry.key)) {
    yield {
      ...entry.keyAt,
      message:
        'This is no valid subject, so nats-server refuses the configuration. Write tokens separated by single dots, with `>` only at the end.',
    };
    return;
  }
  const { value } = entry;
  if (value.kind === 'string') {
    yield* judgeDestination(conf, entry.key, value.value, value.at);
    return;
  }
  const destinations = (value.kind === 'array' ? value.items : [value]).flatMap(item => blocks.get(item) ?? []);
  const seen = new Map<string, Block>();
  const totals = new Map<string, number>();
  for (const block of destinations) {
    const destination = stringOf(block, 'destination');
    const subject = destination?.value ?? '';
    const at = destination?.at ?? block.map.at;
    const first = seen.get(subject);
    if (first) {
      yield {
        ...at,
        message: 'This destination is there twice, so nats-server refuses the configuration. Add their weights up in one.',
        related: [{ ...(stringOf(first, 'destination')?.at ?? first.map.at), message: 'It stands here first.' }],
        ...addedUp(conf, first, block),
      };
    }
    seen.set(subject, block);
    yield* judgeDestination(conf, entry.key, subject, at);
    yield* judgeWeight(conf, block, totals);
  }
}

/** One entry with both weights, where a mapping can have as much. */
function addedUp(conf: NatsConf, first: Block, second: Block): Pick<Report, 'fix'> {
  const weight = settingOf(first, 'weight')?.value;
  const [one, other] = [weightOf(first), weightOf(second)];
  const { file, span } = second.map.at;
  if (!weight || weight.via || one === undefined || other === undefined || one + other > 100 || weight.at.file !== file) return {};
  const newText = `${one + other}%`;
  const edits = () => [{ ...weight.at, newText }, removePair(conf, file, span)];
  return { fix: { title: `Write one destination with weight ${newText}`, safety: 'unsafe', edits } };
}

/** Weights are added up, since 2.10 for each cluster by itself. */
function* judgeWeight({ version }: NatsConf, block: Block, totals: Map<string, number>): Generator<Report> {
  const setting = settingOf(block, 'weight');
  if (!setting || setting.misfits.length > 0) return;
  const weight = weightOf(block);
  if (weight === undefined) return;
  const cluster = behaves(version, 'mapping-may-drop-wildcards') ? (stringOf(block, 'cluster')?.value ?? '') : '';
  const before = totals.get(cluster) ?? 0;
  totals.set(cluster, before + weight);
  if (before + weight > 100 && before <= 100) {
    yield {
      ...setting.value.at,
      message: `The weights of one mapping come to ${before + weight} percent here, so nats-server refuses the configuration. Keep them at 100 or less together.`,
    };
  }
}

function* judgeDestination({ version }: NatsConf, source: string, destination: string, at: Place): Generator<Report> {
  const problem = mappingProblem(source, destination, version);
  if (problem)
    yield {
      ...at,
      message: `${explain(problem, source)}, so nats-server refuses the configuration. ${advice(problem, source)}`,
      ...meant(source, destination, problem, version, at),
    };
}

/** Every `*` of a destination stands for that of the source, its `>` for the rest, and a number for the only wildcard there is. */
function meant(source: string, destination: string, { kind, token }: TransformProblem, version: Release, at: Place): Pick<Report, 'fix'> {
  const wildcards = source.split('.').filter(one => one === '*').length;
  let fixed: string | undefined;
  if (kind === 'wildcard-in-destination') {
    let seen = 0;
    fixed = destination
      .split('.')
      .map(one => (one === '*' ? `{{wildcard(${++seen})}}` : one))
      .join('.');
  } else if (kind === 'full-wildcard-mismatch' && source.endsWith('>')) fixed = `${destination}.>`;
  else if (kind === 'no-such-wildcard' && wildcards === 1) fixed = token && destination.replace(token, () => token.replace(/\d+/, '1'));
  // What is still refused is no help.
  if (fixed === undefined || fixed === destination || mappingProblem(source, fixed, version)) return {};
  const newText = quoted(fixed);
  return { fix: { title: `Write ${newText}`, safety: 'unsafe', edits: () => [{ ...at, newText }] } };
}

function explain({ kind, token }: TransformProblem, source: string): string {
  switch (kind) {
    case 'invalid-subject':
      return 'This is no valid destination subject';
    case 'wildcard-in-destination':
      return 'A destination has no `*` of its own';
    case 'full-wildcard-mismatch':
      return source.endsWith('>')
        ? 'The source ends in `>` and the destination does not'
        : 'The destination ends in `>` and the source does not';
    case 'unknown-function':
      return `There is no mapping function \`${token}\``;
    case 'function-not-yet':
      return `This version of nats-server does not have the function in \`${token}\``;
    case 'arguments':
      return `The arguments in \`${token}\` do not fit the function`;
    case 'no-such-wildcard':
      return `\`${token}\` stands for a wildcard that the source does not have`;
    case 'function-without-wildcards':
      return `\`${token}\` needs a wildcard in the source, which has none`;
    case 'function-in-import':
      return `\`${token}\` cannot be undone, which an import needs`;
    case 'unused-wildcards':
      return 'The destination does not use every wildcard of the source';
  }
}

function advice({ kind }: TransformProblem, source: string): string {
  const wildcards = source.split('.').filter(token => token === '*').length;
  switch (kind) {
    case 'invalid-subject':
      return 'Write tokens separated by single dots, with `>` only at the end.';
    case 'wildcard-in-destination':
      return 'Write `{{wildcard(1)}}` for what the first `*` of the source matched.';
    case 'full-wildcard-mismatch':
      return 'Write `>` at the end of both, or of none.';
    case 'unknown-function':
    case 'function-not-yet':
      return `Functions are ${mappingFunctions.join(', ')}.`;
    case 'arguments':
      return 'Write for instance `{{wildcard(1)}}`, `{{partition(3,1)}}` or `{{split(1,-)}}`.';
    case 'unused-wildcards':
      return `Use ${Array.from({ length: wildcards }, (_, i) => `\`{{wildcard(${i + 1})}}\``).join(' and ')}.`;
    default:
      if (wildcards === 0) return 'Write the destination without it.';
      return wildcards === 1 ? 'The source has one, number 1.' : `Write a number from 1 to ${wildcards}.`;
  }
}
