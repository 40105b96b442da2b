// Of two equal keys in one block the server keeps the last, without a word about the first.
import { defineRule, type Report } from '../../lint/rule.ts';
import { byPart } from '../by-part.ts';
import { isReadable } from '../client-access.ts';
import type { NatsConf } from '../model.ts';
import { removePair } from '../source-edits.ts';
import type { ArrayNode, MapNode } from '../tree.ts';
import type { EvaluatedEntry, EvaluatedValue } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/duplicate-key',
  severity: 'warning',
  since: '0.1.0',
  // In a broken text, or a template, what looks like a key may be none.
  check: (conf, context) => (isReadable(conf) ? judge(conf, context) : []),
});

const judge = byPart(function* (conf) {
  const told = new Set<string>();
  for (const report of replaced(conf, conf.evaluation.root, new Set())) {
    const place = `${report.file} ${report.span.start}`;
    if (told.has(place)) continue;
    told.add(place);
    yield report;
  }
  for (const { settings } of conf.index.repeating) yield* sameOption(conf, settings);
});

/** Each node once: a few variables can stand for a list of lists of billions of values. */
function* replaced(conf: NatsConf, value: EvaluatedValue, seen: Set<ArrayNode | MapNode>): Generator<Report> {
  if ((value.kind !== 'array' && value.kind !== 'map') || seen.has(value.node)) return;
  // A part that means the same everywhere holds no such keys.
  if (value.kind === 'map' && value.node.part?.value === value) return;
  seen.add(value.node);
  if (value.kind === 'array') {
    for (const item of value.items) yield* replaced(conf, item, seen);
    return;
  }
  for (const entry of value.entries.values()) {
    if (!entry.displaced) for (const earlier of entry.replaces) yield* lost(conf, earlier, entry);
    yield* replaced(conf, entry.value, seen);
  }
}

/** A definition that was used before it was replaced did its work. */
function* lost(conf: NatsConf, earlier: EvaluatedEntry, last: EvaluatedEntry): Generator<Report> {
  if (earlier.usedAsVariable || earlier.displaced) return;
  const { keyAt, node } = earlier;
  const loses = !saysTheSame(earlier.value, last.value);
  const whole = earlier.value.kind === 'map' || earlier.value.kind === 'array' ? ', with all that is in it' : '';
  yield {
    ...keyAt,
    ...(loses ? {} : { severity: 'information' as const }),
    message: loses
      ? `\`${earlier.key}\` is written again further on and the last one counts, so this one is ignored${whole}. Remove it, or bring both together.`
      : `\`${earlier.key}\` is written again further on and says the same there, so this one does nothing. Remove it.`,
    related: [{ ...last.keyAt, message: 'This one counts.' }],
    ...(keyAt.file === last.keyAt.file
      ? {
          fix: {
            title: 'Remove the one that is ignored',
            safety: loses ? ('unsafe' as const) : ('safe' as const),
            edits: () => [removePair(conf, keyAt.file, node.span)],
          },
        }
      : {}),
  };
}

/** Whether nothing is lost with the first of two values: they are equal, or both switch a thing on and the last says more about it. */
function saysTheSame(earlier: EvaluatedValue, last: EvaluatedValue): boolean {
  if (last.kind === 'map') return isOn(earlier) && !last.incomplete && !last.list.some(({ key }) => /^enabled?$/i.test(key));
  return areEqual(earlier, last);
}

function areEqual(a: EvaluatedValue, b: EvaluatedValue): boolean {
  return 'value' in a && 'value' in b && a.kind === b.kind && a.value === b.value;
}

function isOn(value: EvaluatedValue): boolean {
  return value.kind === 'boolean' ? value.value : value.kind === 'string' && /^enabled?$/i.test(value.value);
}

/** Two spellings of one option: the server goes over them in no fixed order, but for the system account. */
function* sameOption(conf: NatsConf, settings: NatsConf['root']['settings']): Generator<Report> {
  for (const [at, setting] of settings.entries()) {
    const other = settings.find(({ option }) => option.key === setting.option.key);
    if (!other || settings.indexOf(other) === at) continue;
    if (setting.entry.displaced || other.entry.displaced || setting.option.key === 'system_account') continue;
    const { key, keyAt, node } = setting.entry;
    const related = [{ ...other.entry.keyAt, message: 'The same option.' }];
    const both = `\`${key}\` and \`${other.entry.key}\` are two spellings of one option`;
    if (!areEqual(setting.value, other.value)) {
      const message = `${both}, and which of them counts changes from one start to the next. Keep one of them.`;
      yield { ...keyAt, message, related };
      continue;
    }
    yield {
      ...keyAt,
      severity: 'information',
      message: `${both}, and this one says the same again. Remove it.`,
      related,
      fix: { title: 'Remove this one', safety: 'safe', edits: () => [removePair(conf, keyAt.file, node.span)] },
    };
  }
}
