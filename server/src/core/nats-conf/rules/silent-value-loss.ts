// What is read and then dropped, without a word: a number with a unit that does not exist, and the system account in an unusual spelling.
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import type { FileId } from '../../text/file-id.ts';
import { misnamedBlocks } from '../misnamed-blocks.ts';
import type { NatsConf } from '../model.ts';
import { removePair } from '../source-edits.ts';
import { overlookedSystemAccounts, systemAccountSetting } from '../system-account.ts';
import type { IntegerNode, KeyValue, MapNode, ValueNode } from '../tree.ts';

export default defineRule<NatsConf>({
  id: 'nats/silent-value-loss',
  severity: 'warning',
  since: '0.1.0',
  *check(conf) {
    // Where the server stumbles over what is left, it refuses the file, which is for another rule.
    const refused = new Set<KeyValue>(misnamedBlocks(conf).map(({ node }) => node));
    for (const { file, parsed } of conf.evaluation.files) {
      for (const { node, pair } of lostNumbers(parsed.tree)) {
        if (pair && refused.has(pair)) continue;
        yield {
          file: file.id,
          span: node.span,
          message: `nats-server knows no unit \`${node.suffix?.text ?? ''}\` and drops the number without a word, so ${pair ? `\`${pair.key}\` keeps its default` : 'the list goes on without it'}. Units are K, M, G, T, P and E, each alone or with B, i or iB.`,
          ...fixOf(file.id, node),
        };
      }
    }
    yield* overlookedNames(conf);
  },
});

/** The server looks for the system account before all else, under one name after the other, and case counts. */
function* overlookedNames(conf: NatsConf): Generator<Report> {
  const read = systemAccountSetting(conf.root)?.entry;
  for (const { entry } of overlookedSystemAccounts(conf.root)) {
    const { keyAt, key, node } = entry;
    yield {
      ...keyAt,
      message: read
        ? `nats-server takes the system account from \`${read.key}\` and overlooks \`${key}\` without a word. Keep one of them.`
        : `nats-server knows this option in lower case only and overlooks \`${key}\` without a word, so the system account is another one. Write \`system_account\`.`,
      ...(read ? { related: [{ ...read.keyAt, message: 'This one counts.' }] } : {}),
      fix: read
        ? { title: 'Remove the one that is overlooked', safety: 'safe', edits: () => [removePair(conf, keyAt.file, node.span)] }
        : { title: 'Write system_account', safety: 'unsafe', edits: () => [{ ...entry.keyAt, newText: 'system_account' }] },
    };
  }
}

function* lostNumbers(value: ValueNode, pair?: KeyValue): Generator<{ node: IntegerNode; pair: KeyValue | undefined }> {
  if (value.kind === 'integer' && value.lost) yield { node: value, pair };
  else if (value.kind === 'array') for (const item of value.items) yield* lostNumbers(item);
  else if (value.kind === 'map') yield* inMap(value);
}

function* inMap({ statements: entries, part }: MapNode): Generator<{ node: IntegerNode; pair: KeyValue | undefined }> {
  // A part that means the same everywhere lost nothing.
  if (part?.value) return;
  for (const entry of entries) if (entry.kind === 'pair') yield* lostNumbers(entry.value, entry);
}

/** The longest beginning that is a unit: `64kbb` was meant as `64kb`. */
function fixOf(file: FileId, { suffix, source, span }: IntegerNode): { fix?: Fix } {
  const unit = suffix && /^[kmgtpe](?:ib|b|i)?/i.exec(suffix.text)?.[0];
  if (!suffix || !unit) return {};
  const newText = source.slice(0, source.length - suffix.text.length) + unit;
  return { fix: { title: `Write ${newText}`, safety: 'unsafe', edits: () => [{ file, span, newText }] } };
}
