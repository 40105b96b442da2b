// A key that nats-server does not know keeps it from starting. Most are slips, or stand in the wrong block.
import type { BlockFact } from '../../facts/nats-options.ts';
import type { Fix } from '../../lint/finding.ts';
import { defineRule } from '../../lint/rule.ts';
import { enumerated } from '../../text/prose.ts';
import { type Block, fitsOption } from '../blocks.ts';
import { whereOf } from '../form-words.ts';
import type { NatsConf } from '../model.ts';
import { reshapedPermission } from '../permission-repair.ts';
import { indentAt, removalOf, removePair, textOfFile } from '../source-edits.ts';
import { homesOf, type OptionHome, type OptionSuggestion, suggestOption } from '../suggest-option.ts';
import { isDirectionless, unknownKeys } from '../unknown-keys.ts';
import { convertedValue } from '../value-conversions.ts';
import type { EvaluatedEntry } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/unknown-field',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    for (const { block, entry, invention } of unknownKeys(conf)) {
      if (invention || isDirectionless(block, entry)) continue;
      const { file, span } = entry.keyAt;
      const home = homesOf(block, entry.key)[0];
      const suggestion = home ? undefined : suggestOption(block.fact, entry.key);
      const fix = fixOf(conf, block, entry, home, suggestion);
      yield {
        file,
        span,
        message: `${described(entry.key)} is not an option ${whereOf(block.fact)}, so nats-server refuses the configuration. ${advice(block, entry, home, suggestion)}`,
        ...(fix ? { fix } : {}),
      };
    }
  },
});

/** What nobody can place is only in the way; whether something else has to take its place is for the person to say. */
function fixOf(
  conf: NatsConf,
  block: Block,
  entry: EvaluatedEntry,
  home: OptionHome | undefined,
  suggestion: OptionSuggestion | undefined,
): Fix | undefined {
  if (home) return moveFix(conf, block, entry, home);
  if (suggestion) return renameFix(conf, block, entry, suggestion);
  if (specialAdvice(block.fact, entry.key)) return undefined;
  const { file } = entry.keyAt;
  return {
    title: entry.key === '' ? 'Remove it' : `Remove ${entry.key}`,
    safety: 'unsafe',
    edits: () => [removePair(conf, file, entry.node.span)],
  };
}

function described(key: string): string {
  return key === '' ? 'An empty key' : `\`${key}\``;
}

function advice(block: Block, entry: EvaluatedEntry, home: OptionHome | undefined, suggestion: OptionSuggestion | undefined): string {
  const special = specialAdvice(block.fact, entry.key);
  if (special) return special;
  if (home?.through) return `It belongs in \`${home.through.key}\`.`;
  if (home) return `It belongs ${whereOf(home.block)}, one level further out.`;
  if (suggestion) return `Did you mean \`${suggestion.key}\`?`;
  if (block.fact.unknown === 'error') return 'Remove it, or use it somewhere as a variable by its name with a `$` in front.';
  return `Remove it; possible here are ${list(block.fact)}.`;
}

/** Mistakes that need more than a name to be understood. */
function specialAdvice(block: BlockFact, key: string): string | undefined {
  if (block.name === 'user' && key.toLowerCase() === 'account') {
    return 'A user belongs to the account under whose `users` it stands: move it to `accounts { NAME { users: [ … ] } }`.';
  }
  if (block.name === 'leafnode_authorization' && key.toLowerCase() === 'token') {
    return 'Leafnodes log in with user and password, an nkey or credentials; write `user` and `password`.';
  }
  if (/^include$/i.test(key)) return 'To include a file, write `include` and the path with nothing but a space between.';
  return undefined;
}

function list(block: BlockFact): string {
  const keys = block.options.map(option => `\`${option.key}\``);
  return enumerated(keys.length > 8 ? [...keys.slice(0, 7), `${keys.length - 7} others`] : keys);
}

/** Nothing is offered where the block has the option already: the two would fight. The value is put right with the name. */
function renameFix(conf: NatsConf, block: Block, entry: EvaluatedEntry, { key, option, certain }: OptionSuggestion): Fix | undefined {
  if (block.settings.some(setting => setting.option === option)) return undefined;
  const { file, span } = entry.keyAt;
  const title = `Rename to ${key}`;
  const safety = certain ? 'safe' : 'unsafe';
  if (fitsOption(block, option, entry, conf.version)) return { title, safety, edits: () => [{ file, span, newText: key }] };
  const { origin } = entry.value;
  const written = textOfFile(conf, origin.file).slice(origin.span.start, origin.span.end);
  const newText =
    block.fact.name === 'permissions' ? reshapedPermission(entry.value) : convertedValue(entry.value, option.forms, option, written);
  if (newText === undefined) return undefined;
  return {
    title: `${title} and repair the value`,
    safety,
    edits: () => [
      { file, span, newText: key },
      { file: origin.file, span: origin.span, newText },
    ],
  };
}

/** The pair as it is right in its new home: under a name that the home knows, with a value of a shape that it takes. */
function movedPair(conf: NatsConf, block: Block, entry: EvaluatedEntry, { block: target, option }: OptionHome): string | undefined {
  const { node, value } = entry;
  const text = textOfFile(conf, entry.keyAt.file);
  const fits = fitsOption(block, option, entry, conf.version);
  if (fits && target.bySpelling.has(entry.key.toLowerCase())) return text.slice(node.span.start, node.span.end);
  const right = fits
    ? text.slice(node.value.span.start, node.value.span.end)
    : target.name === 'permissions'
      ? reshapedPermission(value)
      : undefined;
  return right === undefined ? undefined : `${option.key}: ${right}`;
}

/** Into a block that exists next to the key, or as a new one in its place. */
function moveFix(conf: NatsConf, block: Block, entry: EvaluatedEntry, home: OptionHome): Fix | undefined {
  const { file } = entry.keyAt;
  const { through } = home;
  const written = through && movedPair(conf, block, entry, home);
  if (!through || written === undefined) return undefined;
  const target = block.settings.find(setting => setting.option === through);
  const text = textOfFile(conf, file);
  const pair = entry.node.span;
  const title = `Move into ${through.key}`;
  if (!target) {
    const indent = indentAt(text, pair.start);
    const newText = `${through.key} {\n${indent}  ${written.replaceAll('\n', '\n  ')}\n${indent}}`;
    return { title, safety: 'unsafe', edits: () => [{ file, span: pair, newText }] };
  }
  const map = target.blocks[0]?.map;
  if (!map?.node.open || map.origin.file !== file || target.blocks[0]?.settings.some(setting => setting.option === home.option))
    return undefined;
  const at = map.node.open.end;
  const indent = indentAt(text, at);
  const inside = map.entries.size === 0 && map.node.close ? `\n${indent}  ${written}\n${indent}` : `\n${indent}  ${written}\n`;
  const first = text.slice(at).match(/^[ \t]*\r?\n/) ? inside.replace(/\n$/, '') : inside;
  return {
    title,
    safety: 'unsafe',
    edits: () => [
      { file, span: removalOf(text, pair), newText: '' },
      { file, span: { start: at, end: at }, newText: first },
    ],
  };
}
