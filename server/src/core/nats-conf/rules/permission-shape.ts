// Permissions have a fixed shape: a direction, then subjects or `allow` and `deny`. Other shapes keep nats-server from starting.
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import type { Block, Setting } from '../blocks.ts';
import { formsInWords, kindInWords } from '../form-words.ts';
import { misfitsOf, type OwnedMisfit } from '../misfits.ts';
import type { NatsConf } from '../model.ts';
import { reshapedPermission } from '../permission-repair.ts';
import { textOfFile } from '../source-edits.ts';
import { isDirectionless, unknownKeys } from '../unknown-keys.ts';
import { convertedValue } from '../value-conversions.ts';
import type { EvaluatedEntry, EvaluatedValue } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/permission-shape',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    const reshaped = new Set<Setting>();
    for (const owned of misfitsOf(conf, 'permission-shape')) {
      const { setting, misfit } = owned;
      // One fix puts a whole list right, so that one finding speaks for all of its entries.
      if (reshaped.has(setting)) continue;
      const whole = /^(publish|subscribe)$/.test(setting.option.key) ? reshapedPermission(setting.value) : undefined;
      if (whole !== undefined) reshaped.add(setting);
      const fix = whole === undefined ? reshape(conf, owned) : rewriteFix(setting, whole);
      yield {
        ...misfit.value.at,
        message: `${subjectOf(owned)} must be ${wanted(owned)}, but this is ${kindInWords(misfit.value)}, so nats-server refuses the configuration. ${whole === undefined ? advice(setting.option.key, misfit.value) : 'Write one block: `{ allow: [ … ], deny: [ … ] }`.'}`,
        ...(fix ? { fix } : {}),
      };
    }
    const told = new Set<Block>();
    for (const { block, entry } of unknownKeys(conf)) {
      if (!isDirectionless(block, entry) || told.has(block)) continue;
      told.add(block);
      yield directionless(conf, block, entry);
    }
  },
});

function rewriteFix({ value }: Setting, newText: string): Fix {
  const { file, span } = value.origin;
  return { title: 'Put the subjects into one block', safety: 'safe', edits: () => [{ file, span, newText }] };
}

function subjectOf({ setting, misfit }: OwnedMisfit): string {
  const name = `\`${setting.entry.key}\``;
  return misfit.value === setting.value ? name : `Every entry of ${name}`;
}

function wanted({ setting, misfit }: OwnedMisfit): string {
  if (/^(allow|deny)$/.test(setting.option.key) || misfit.value !== setting.value) return 'a subject or a list of subjects';
  if (/^(publish|subscribe)$/.test(setting.option.key)) return 'a subject, a list of subjects, or a block with `allow` and `deny`';
  if (setting.option.key === 'allow_responses') return 'true, false, or a block with `max` and `expires`';
  return formsInWords(misfit.forms);
}

function advice(key: string, value: EvaluatedValue): string {
  if (/permissions?$/.test(key)) return 'Write `{ publish: …, subscribe: … }`.';
  if (key === 'publish' || key === 'subscribe') {
    if (value.kind === 'boolean') return value.value ? 'Write ">" for all subjects.' : 'Write `{ deny: ">" }` for none.';
    return 'Write subjects in quotes.';
  }
  if (key === 'allow' || key === 'deny') return 'Write subjects in quotes.';
  if (key === 'expires') return 'Write a duration in quotes, such as "2m".';
  if (key === 'max') return 'Write a whole number without quotes.';
  return 'Write `true`, or `{ max: 1, expires: "2m" }`.';
}

function reshape(conf: NatsConf, { setting, misfit }: OwnedMisfit): Fix | undefined {
  const { value, forms } = misfit;
  const { file, span } = value.origin;
  const written = textOfFile(conf, file).slice(span.start, span.end);
  const replace = (newText: string, safety: Fix['safety']): Fix => ({
    title: `Write ${newText}`,
    safety,
    edits: () => [{ file, span, newText }],
  });
  const { key } = setting.option;
  if (key === 'publish' || key === 'subscribe') {
    if (value.kind === 'boolean' && value === setting.value) return replace(value.value ? '">"' : '{ deny: ">" }', 'unsafe');
  } else if (/permissions?$/.test(key) && isSubjects(value)) {
    return { ...replace(`{ publish: ${written}, subscribe: ${written} }`, 'unsafe'), title: 'Allow it for publish and subscribe' };
  } else if (key === 'allow_responses' && value.kind === 'integer') return replace(`{ max: ${written} }`, 'unsafe');
  if (value.kind === 'array' || value.kind === 'map') return undefined;
  const newText = convertedValue(value, forms, setting.option, written);
  return newText === undefined ? undefined : replace(newText, 'safe');
}

function isSubjects(value: EvaluatedValue): boolean {
  return value.kind === 'string' || (value.kind === 'array' && value.items.every(item => item.kind === 'string'));
}

/** `allow` or `deny` without saying for which direction. */
function directionless(conf: NatsConf, block: Block, first: EvaluatedEntry): Report {
  const entries = block.unknown.filter(entry => isDirectionless(block, entry));
  const { file } = first.keyAt;
  const text = textOfFile(conf, file);
  const written = entries.map(({ node }) => text.slice(node.span.start, node.span.end)).join(', ');
  const last = entries[entries.length - 1] ?? first;
  const together = { start: first.node.span.start, end: last.node.span.end };
  const between = text.slice(together.start, together.end);
  const onlyThese =
    entries.every(entry => entry.keyAt.file === file) && block.settings.length === 0 && entries.length === block.unknown.length;
  return {
    ...first.keyAt,
    message: `\`${first.key}\` says nothing about the direction, so nats-server refuses the configuration. Put it under \`publish\`, \`subscribe\`, or both.`,
    ...(onlyThese && !between.includes('#')
      ? {
          fix: {
            title: 'Say it for publish and subscribe',
            safety: 'unsafe',
            edits: () => [{ file, span: together, newText: `publish: { ${written} }, subscribe: { ${written} }` }],
          },
        }
      : {}),
  };
}
