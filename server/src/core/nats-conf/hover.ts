// What a person sees over a key, a value or a variable of nats.conf: meaning, type, default, units. Never a value that may be a secret.

import { namesSecret } from '../environment/secret-name.ts';
import { type OptionFact, sinceOf } from '../facts/nats-options.ts';
import { isAvailable, namesOf } from '../facts/nats-release.ts';
import { looksSecret } from '../jwt/redact.ts';
import type { BuildContext, Hover } from '../language.ts';
import { readNkey } from '../nats-auth/nkey.ts';
import { readEntry } from '../nats-auth/permission.ts';
import { isValidSubject } from '../nats-auth/subject.ts';
import { nameOf } from '../text/file-id.ts';
import { LineMap } from '../text/line-map.ts';
import { samePlace } from '../text/place.ts';
import { type Span, textOf, touches } from '../text/span.ts';
import { withoutUrlCredentials } from '../text/url-credentials.ts';
import { parseDuration } from './duration.ts';
import { formsInWords, kindInWords } from './form-words.ts';
import { type NatsConf, secretFormats, settingsOfFormat } from './model.ts';
import { type Level, listLevel, mapLevel, type Slot, slotIn } from './slots.ts';
import { type Standpoint, standpointOf } from './standpoint.ts';
import type { IntegerNode, KeyValue, MapNode, StringNode, ValueNode, VariableNode } from './tree.ts';
import { durationInWords, sizeInWords, subjectInWords } from './value-words.ts';
import type { EvaluatedEntry, Place } from './values.ts';
import { isBcryptName } from './variables.ts';

/** What lies under an offset. */
type Target =
  | { readonly kind: 'key'; readonly pair: KeyValue; readonly level: Level | undefined }
  | { readonly kind: 'value'; readonly node: ValueNode; readonly slot: Slot | undefined; readonly around: readonly KeyValue[] };

/** Says what is known about the place; undefined where there is nothing to say. */
export function hoverAt(own: NatsConf, offset: number, context: BuildContext): Hover | undefined {
  const here = standpointOf(own, context);
  const target = targetIn(here.file.parsed.tree, here.level, [], offset, here.whole);
  if (target?.kind === 'key') return hoverKey(target.pair, target.level, here.whole);
  return target && hoverValue(target, here);
}

function targetIn(map: MapNode, level: Level | undefined, around: readonly KeyValue[], offset: number, conf: NatsConf): Target | undefined {
  for (const entry of map.statements) {
    if (entry.kind !== 'pair' || entry.garbled || !touches(entry.span, offset)) continue;
    if (touches(entry.keySpan, offset)) return { kind: 'key', pair: entry, level };
    if (touches(entry.value.span, offset)) {
      const inner = [...around, entry];
      return targetInValue(entry.value, slotIn(level, entry.key, conf.version), inner, offset, conf);
    }
  }
  return undefined;
}

function targetInValue(
  node: ValueNode,
  slot: Slot | undefined,
  around: readonly KeyValue[],
  offset: number,
  conf: NatsConf,
): Target | undefined {
  if (node.kind === 'map') return targetIn(node, mapLevel(slot, conf.version), around, offset, conf);
  if (node.kind !== 'array') return { kind: 'value', node, slot, around };
  const items = slotIn(listLevel(slot, conf.version), '', conf.version);
  const item = node.items.find(candidate => touches(candidate.span, offset));
  return item && targetInValue(item, items, around, offset, conf);
}

function hoverKey(pair: KeyValue, level: Level | undefined, conf: NatsConf): Hover | undefined {
  const slot = level?.kind === 'block' ? slotIn(level, pair.key, conf.version) : undefined;
  const blocks: string[] = [];
  if (slot) blocks.push(...optionInWords(slot.option, pair.key, conf));
  else if (level?.kind === 'names') blocks.push(...nameInWords(pair.key, level));
  const uses = usesOf(pair, conf);
  if (uses > 0) {
    const times = uses === 1 ? 'once' : `${uses} times`;
    const forgiven =
      slot || level?.kind !== 'block' ? '' : ' nats-server knows no option of this name and accepts the key because of that use.';
    blocks.push(`${slot ? 'Also a' : `**\`${pair.key}\`** · a`} helper variable: used ${times} as \`$${pair.key}\`.${forgiven}`);
  }
  return blocks.length > 0 ? { span: pair.keySpan, markdown: blocks.join('\n\n') } : undefined;
}

/** An option as Markdown paragraphs, for hover and for the documentation of a proposal. */
export function optionInWords(option: OptionFact, key: string, { version }: Pick<NatsConf, 'version'>): string[] {
  const spelled = key.toLowerCase();
  const unit = option.unit && !['port', 'percent'].includes(option.unit) ? ` (${option.unit})` : '';
  const facts = [`**\`${key}\`**`, `${formsInWords(option.forms)}${unit}`];
  if (option.default !== undefined) facts.push(`default: ${option.default}`);
  if (option.required) facts.push('required');
  const blocks = [facts.filter(fact => fact !== '').join(' · '), option.summary];
  if (option.notes) blocks.push(option.notes);
  const others = [option.key, ...option.aliases].filter(name => name !== spelled);
  if (others.length > 0) blocks.push(`Also written ${others.map(name => `\`${name}\``).join(', ')}.`);
  const since = sinceOf(option, spelled);
  if (since) {
    const missing = isAvailable(version, since) ? '' : `; your target ${version.join('.')} does not have it`;
    blocks.push(`Since nats-server ${namesOf(since)}${missing}.`);
  }
  return blocks;
}

function nameInWords(key: string, level: Level & { kind: 'names' }): string[] {
  const owner = `\`${level.slot.option.key}\``;
  if (level.keys === 'subject')
    return [`**\`${key}\`** · a subject of ${owner}`, ...(isValidSubject(key) ? [`Matches ${subjectInWords(key)}.`] : [])];
  const nkey = readNkey(key);
  if (nkey && nkey.kind !== 'public') return [nkeyInWords(key) as string];
  return level.keys === 'account' ? [`**\`${key}\`** · the name of an account`] : [`**\`${key}\`** · a key of ${owner}`];
}

function hoverValue({ node, slot, around }: Target & { kind: 'value' }, here: Standpoint): Hover | undefined {
  const say = (markdown: string | undefined, span: Span = node.span) => (markdown === undefined ? undefined : { span, markdown });
  switch (node.kind) {
    case 'variable':
      return say(variableInWords(node, here, slot !== undefined && isSecret(slot)));
    case 'integer':
      return slot && !isSecret(slot) ? say(integerInWords(node, slot)) : undefined;
    case 'float':
      return slot?.option.unit === 'seconds' ? say(`${durationInWords(node.value * 1e9)}.`) : undefined;
    case 'string':
      return say(stringInWords(node, slot, around, here.file.file.text));
    default:
      return undefined;
  }
}

const isSecret = ({ option }: Slot) => option.format !== undefined && secretFormats.has(option.format);
const takes = ({ forms }: Slot, kind: string) => forms.some(form => form.kind === kind && !form.warns);

function integerInWords({ value, source, suffix }: IntegerNode, slot: Slot): string | undefined {
  const { option } = slot;
  if (takes(slot, 'duration') && !takes(slot, 'integer') && !takes(slot, 'number')) {
    if (!suffix) return `A time needs quotes and a unit: write \`"${source}s"\` for ${durationInWords(value * 1e9)}.`;
    return `Without quotes this is the number ${value}, no time: \`${suffix.text}\` is a factor there. Write \`"${source}"\`.`;
  }
  if (option.unit === 'seconds') return `${durationInWords(value * 1e9)}.`;
  if (option.unit === 'bytes' || takes(slot, 'size')) return `${sizeInWords(value)}.`;
  return suffix ? `The number ${value}.` : undefined;
}

function stringInWords(node: StringNode, slot: Slot | undefined, around: readonly KeyValue[], text: string): string | undefined {
  const key = nkeyInWords(node.value);
  if (key) return key;
  const hash = /^\$2[abxy]\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(node.value);
  if (hash) return `A bcrypt hash of cost ${Number(hash[1])}: the password itself is not in this file.`;
  if (!slot || isSecret(slot)) return undefined;
  if (takes(slot, 'duration')) {
    const nanoseconds = parseDuration(node.value);
    return nanoseconds === undefined ? undefined : `${durationInWords(nanoseconds)}.`;
  }
  if (slot.option.format === 'subject' && slot.option.key !== 'mappings') return subjectHover(node.value, around);
  if (/^[a-z_]+$/i.test(textOf(text, node.contentSpan))) return wordInWords(node.value, slot);
  return undefined;
}

function wordInWords(word: string, { option, forms }: Slot): string | undefined {
  const isEnum = forms.some(form => form.kind === 'enum' && form.values.some(value => value.toLowerCase() === word.toLowerCase()));
  return isEnum ? `One of the words that \`${option.key}\` takes. ${option.summary}` : undefined;
}

/** What a pattern lets somebody do, from the keys around it: `publish: { deny: "…" }`. */
function subjectHover(value: string, around: readonly KeyValue[]): string | undefined {
  const { subject, queue } = readEntry(value);
  if (!isValidSubject(subject) || value.includes('{{')) return undefined;
  const keys = around.map(({ key }) => key.toLowerCase());
  const direction = keys.filter(key => /^(pub|publish|sub|subscribe|import|export)$/.test(key)).at(-1);
  const group = queue ? `, in queue groups that match \`${queue}\`` : '';
  const words = `${subjectInWords(subject)}${group}`;
  if (!direction || !keys.some(key => /permission/.test(key) || key === 'publish' || key === 'subscribe')) return `Matches ${words}.`;
  const verb = /^(pub|import)/.test(direction) ? 'publish to' : 'subscribe to';
  return keys.at(-1) === 'deny' ? `May not ${verb} ${words}.` : `May ${verb} ${words}.`;
}

function nkeyInWords(text: string): string | undefined {
  const key = readNkey(text);
  if (!key) return undefined;
  const owner =
    key.role === undefined
      ? ''
      : ` of ${/^[aou]/.test(key.role) && key.role !== 'user' ? 'an' : 'a'} ${key.role === 'curve' ? 'curve (encryption) key' : key.role}`;
  if (key.kind === 'public') return `A public nkey${owner}: no secret.`;
  const what = key.kind === 'seed' ? 'The seed' : 'A private key';
  return `**SECRET.** ${what}${owner}: whoever reads it can act in its name. Keep it in a file of its own and out of version control.`;
}

/** `mayBeSecret`: a password such as `$ecret` looks like a variable too, and is not repeated when nothing defines it. */
function variableInWords(node: VariableNode, here: Standpoint, mayBeSecret: boolean): string | undefined {
  const use = here.whole.evaluation.variables.find(candidate => candidate.node === node);
  if (!use) return undefined;
  const { outcome } = use;
  const isUndefined = outcome.kind === 'environment' || outcome.kind === 'impossible';
  const isHidden = isUndefined && ((mayBeSecret && !/^[A-Z_][A-Z0-9_]*$/.test(node.name)) || isBcryptName(node.name));
  const head = isHidden ? '**Variable**' : `**\`$${node.name}\`**`;
  switch (outcome.kind) {
    case 'resolved': {
      const value = mayBeSecret ? undefined : openValueOf(outcome.entry, here.whole);
      const place = `defined in ${placeInWords(outcome.entry.keyAt, here)}`;
      return `${head} · ${kindInWords(outcome.entry.value)}${value === undefined ? '' : ` \`${value}\``}, ${place}`;
    }
    case 'environment':
      return `${head} · nothing in this configuration defines it: nats-server takes it from its environment and does not start without it.`;
    case 'out-of-scope': {
      const why = {
        later: 'but only further down: the server reads from top to bottom',
        elsewhere: 'but inside of another block, where the server does not look',
        includer: 'but an included file does not see what stands in the file that includes it',
      };
      return `${head} · defined in ${placeInWords(outcome.definition, here)}, ${why[outcome.why]}.`;
    }
    case 'impossible':
      return `${head} · nothing defines it, and no environment variable can have such a name.`;
  }
}

/** The value of a variable as it is written; undefined for a list or a block, and where it may be a secret: by its name, its looks or one of its uses. */
function openValueOf({ key, value }: EvaluatedEntry, conf: NatsConf): string | undefined {
  const text =
    value.kind === 'string'
      ? value.value
      : value.kind === 'integer' || value.kind === 'float' || value.kind === 'boolean'
        ? value.node.source
        : undefined;
  if (text === undefined || text.length > 80 || /[`\r\n]/.test(text) || namesSecret(key) || looksSecret(text)) return undefined;
  for (const { value: secret } of settingsOfFormat(conf, ...secretFormats)) if (samePlace(secret.origin, value.origin)) return undefined;
  return withoutUrlCredentials(text);
}

function placeInWords({ file, span }: Place, { whole, file: own }: Standpoint): string {
  const source = whole.evaluation.files.find(candidate => candidate.file.id === file)?.file;
  const line = source ? `line ${new LineMap(source.text).lineAt(span.start) + 1}` : 'another file';
  return file === own.file.id ? line : `${line} of \`${nameOf(file)}\``;
}

function usesOf(pair: KeyValue, conf: NatsConf): number {
  return conf.evaluation.variables.filter(({ outcome }) => outcome.kind === 'resolved' && outcome.entry.node === pair).length;
}
