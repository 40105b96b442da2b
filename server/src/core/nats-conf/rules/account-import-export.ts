// What one account imports another must export, to it, and not in a circle. nats-server refuses everything else at once.

import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { isLiteralSubject } from '../../nats-auth/subject.ts';
import { isSubset } from '../../nats-auth/subject-transform.ts';
import { type Export, exportsOf, type Import } from '../account-exchange.ts';
import type { Account } from '../accounts.ts';
import { type Block, blockOf, settingOf, stringOf } from '../blocks.ts';
import { byPart } from '../by-part.ts';
import { type ImportRefusal, refusedImports } from '../import-check.ts';
import { accountsMayBeMore, blocksNamed, type NatsConf } from '../model.ts';
import { indentAt, quoted, removePair, textOfFile } from '../source-edits.ts';
import type { Place } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/account-import-export',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf, context) {
    yield* judgeEach(conf, context);
    if (accountsMayBeMore(conf)) return;
    for (const { import: one, refusal } of refusedImports(conf)) yield judgeRefusal(conf, one, refusal);
  },
});

/** What can be said of an export or import without those of other accounts. */
const judgeEach = byPart(function* (conf) {
  // Nothing stands against a single option, which is all that most have.
  const exported = new Set(blocksNamed(conf, 'export').filter(({ settings }) => settings.length > 1));
  for (const block of exported) yield* judgeExport(conf, block);
  for (const block of blocksNamed(conf, 'import')) yield* judgeImport(conf, block);
  if (exported.size === 0) return;
  for (const account of conf.accounts) {
    for (const one of exportsOf(account)) if (exported.has(one.block)) yield* judgeExported(conf, one);
  }
});

/** Options that make sense for services only. */
const serviceOnly = ['response_type', 'response_threshold', 'latency', 'allow_trace'];

function* judgeExport(conf: NatsConf, block: Block): Generator<Report> {
  const stream = settingOf(block, 'stream');
  if (!stream) return;
  yield* bothKinds(block, 'export');
  for (const key of serviceOnly) {
    const setting = settingOf(block, key);
    if (!setting?.available) continue;
    const { entry } = setting;
    yield {
      ...entry.keyAt,
      message: `\`${entry.key}\` is about replies, which a stream does not have; nats-server refuses the configuration. Remove it, or export a \`service\`.`,
      related: [{ ...stream.entry.keyAt, message: 'The stream is exported here.' }],
      fix: { title: `Remove ${entry.key}`, safety: 'safe', edits: () => [removePair(conf, entry.keyAt.file, entry.node.span)] },
    };
  }
}

function* bothKinds(block: Block, what: string): Generator<Report> {
  const [stream, service] = [settingOf(block, 'stream'), settingOf(block, 'service')];
  if (!stream || !service) return;
  yield {
    ...service.entry.keyAt,
    message: `One ${what} is a stream or a service, not both, so nats-server refuses the configuration. Make two entries of it.`,
    related: [{ ...stream.entry.keyAt, message: 'The stream stands here.' }],
  };
}

function* judgeImport(conf: NatsConf, block: Block): Generator<Report> {
  yield* bothKinds(block, 'import');
  const [stream, service, prefix, to, trace] = ['stream', 'service', 'prefix', 'to', 'allow_trace'].map(key => settingOf(block, key));
  if (stream && prefix && to && stringOf(block, 'prefix')?.value) {
    yield {
      ...prefix.entry.keyAt,
      message:
        'A stream is imported with a `prefix` or as another subject by `to`, not both; nats-server refuses the configuration. Remove one of them.',
      related: [{ ...to.entry.keyAt, message: '`to` stands here.' }],
      fix: { title: 'Remove prefix', safety: 'unsafe', edits: () => [removePair(conf, prefix.entry.keyAt.file, prefix.entry.node.span)] },
    };
  }
  if (service && trace?.available) {
    yield {
      ...trace.entry.keyAt,
      message:
        '`allow_trace` of an import is for streams; for a service the exporting account says it. nats-server refuses the configuration. Remove it here.',
      fix: { title: 'Remove allow_trace', safety: 'safe', edits: () => [removePair(conf, trace.entry.keyAt.file, trace.entry.node.span)] },
    };
  }
}

/** What the server finds out when it adds an export to its account. */
function* judgeExported(conf: NatsConf, one: Export): Generator<Report> {
  const { block, tokenPosition } = one;
  const tokens = one.subject.value.split('.');
  const position = settingOf(block, 'account_token_position');
  if (position && tokenPosition !== 0 && tokens[tokenPosition - 1] !== '*') {
    yield {
      ...position.value.at,
      message: `Token ${tokenPosition} of the subject is no \`*\`, in place of which the account's name would stand; nats-server refuses the configuration. Count the tokens from 1, and write \`*\` at that place.`,
      related: [{ ...one.subject.at, message: 'The subject stands here.' }],
    };
  }
  const latency = settingOf(block, 'latency');
  if (one.kind !== 'service' || !latency?.available) return;
  const type = stringOf(block, 'response_type');
  if (type && /^(stream|chunk(ed)?)$/i.test(type.value)) {
    yield {
      ...latency.entry.keyAt,
      message:
        'Latency is measured for services with a single reply only, so nats-server refuses the configuration. Remove it, or let the response type be `singleton`.',
      related: [{ ...type.at, message: 'The response type stands here.' }],
    };
  }
  const none = settingOf(conf.root, 'no_system_account');
  if (none?.value.kind === 'boolean' && none.value.value) {
    yield {
      ...latency.entry.keyAt,
      message:
        'Latency is published by the system account, which `no_system_account` switches off; nats-server refuses the configuration. Remove one of them.',
      related: [{ ...none.entry.keyAt, message: 'It is switched off here.' }],
    };
  }
  const results =
    latency.value.kind === 'string' ? { value: latency.value.value, at: latency.value.at } : stringOf(blockOf(block, 'latency'), 'subject');
  const loops = results && exportsOf(one.account).some(other => other.kind === 'service' && isSubset(results.value, other.subject.value));
  if (results && (!isLiteralSubject(results.value) || loops)) {
    yield {
      ...results.at,
      message: loops
        ? 'Measurements would go to an exported service of the same account, so nats-server refuses the configuration. Choose another subject.'
        : 'Measurements need one subject without wildcards, so nats-server refuses the configuration. Write such a subject.',
    };
  }
}

function judgeRefusal(conf: NatsConf, one: Import, refusal: ImportRefusal): Report {
  const place = placeOf(one, refusal);
  const what = `${one.kind} \`${one.subject.value}\``;
  const related = refusal.kind === 'not-allowed' ? [{ ...refusal.export.subject.at, message: 'It is exported here.' }] : [];
  const fix = fixOf(conf, one, refusal);
  return { ...place, message: `${explain(one, refusal, what)}`, related, ...(fix ? { fix } : {}) };
}

function placeOf(one: Import, { kind }: ImportRefusal): Place {
  if (kind === 'prefix-wildcard' && one.prefix) return one.prefix.at;
  if (kind === 'transform' && (one.to ?? one.prefix)) return (one.to ?? one.prefix)?.at ?? one.subject.at;
  return one.subject.at;
}

function explain(one: Import, refusal: ImportRefusal, what: string): string {
  const refused = 'so nats-server refuses the configuration';
  const [from, own] = [`account \`${one.from.value}\``, `account \`${one.account.name}\``];
  switch (refusal.kind) {
    case 'not-exported':
      return `${capital(from)} does not export the ${what}, ${refused}. Add it to the \`exports\` of that account, or import what it does export.`;
    case 'not-allowed':
      return refusal.export.tokenPosition > 0
        ? `${capital(from)} exports this ${one.kind} with the name of the importing account in token ${refusal.export.tokenPosition}, ${refused}. Write \`${one.account.name}\` there.`
        : `${capital(from)} exports the ${what}, but not to ${own}, ${refused}. Add ${own} to the \`accounts\` of the export.`;
    case 'cycle':
      return `With this import the messages would go in a circle between accounts, ${refused}. Remove one of the imports of the circle.`;
    case 'duplicate':
      return one.kind === 'stream'
        ? `This stream of ${from} is imported twice, ${refused}. Remove one of the imports.`
        : `Two services are imported as the same subject, ${refused}. Give one of them another subject with \`to\`.`;
    case 'prefix-wildcard':
      return `A prefix is put in front of real subjects and has no wildcards, ${refused}. Write it without \`*\` and \`>\`.`;
    case 'invalid-subject':
      return `This import has no valid subject, ${refused}. Write tokens separated by single dots, with \`>\` only at the end.`;
    case 'transform':
      return `The subject in this account does not use the wildcards of the imported one in a way that can be undone, ${refused}. Use every wildcard once, as \`$1\`, \`$2\` and so on, and keep a \`>\` at the end.`;
    case 'placeholder-in-source':
      return `The imported subject must be written with wildcards, not with placeholders like \`$1\`, ${refused}. Write \`*\` instead.`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Lets the other account export what is imported. */
function fixOf(conf: NatsConf, one: Import, refusal: ImportRefusal): Fix | undefined {
  if (refusal.kind === 'not-exported') {
    const source = conf.accounts.find(({ name }) => name === one.from.value);
    return source && exportFix(conf, source, `{ ${one.kind}: ${quoted(one.subject.value)} }`);
  }
  if (refusal.kind !== 'not-allowed' || refusal.export.tokenPosition > 0) return undefined;
  const accounts = settingOf(refusal.export.block, 'accounts');
  if (accounts?.value.kind !== 'array' || accounts.value.via) return undefined;
  const { open } = accounts.value.node;
  const { file } = accounts.value.at;
  return {
    title: `Export it to ${one.account.name} too`,
    safety: 'unsafe',
    edits: () => [{ file, span: { start: open.end, end: open.end }, newText: `${quoted(one.account.name)}, ` }],
  };
}

function exportFix(conf: NatsConf, { name, block }: Account, entry: string): Fix | undefined {
  if (!block || block.map.via || !block.map.node.open) return undefined;
  const { file } = block.map.at;
  const exports = settingOf(block, 'exports');
  const title = `Export it from ${name}`;
  if (exports) {
    if (exports.value.kind !== 'array' || exports.value.via || exports.value.at.file !== file) return undefined;
    const at = exports.value.node.open.end;
    const newText = exports.value.items.length > 0 ? ` ${entry},` : ` ${entry} `;
    return { title, safety: 'unsafe', edits: () => [{ file, span: { start: at, end: at }, newText }] };
  }
  const at = block.map.node.open.end;
  const text = textOfFile(conf, file);
  const rest = text.slice(at);
  const newLine = /^[ \t]*(?:#[^\n]*)?\r?\n/.test(rest);
  const newText = newLine
    ? `\n${indentAt(text, at)}  exports: [ ${entry} ]`
    : ` exports: [ ${entry} ]${block.map.entries.size > 0 ? ',' : ' '}`;
  return { title, safety: 'unsafe', edits: () => [{ file, span: { start: at, end: at }, newText }] };
}
