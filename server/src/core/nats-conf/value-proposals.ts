// Values for an option: words that it takes, names and values of this configuration, usual values, variables. Never a value that may be a secret.
import type { OptionFact } from '../facts/nats-options.ts';
import { typicalValues } from '../facts/nats-proposals.ts';
import { knows, valuesOf } from '../facts/nats-values.ts';
import type { Completion } from '../language.ts';
import { looksLikeJwt } from '../nats-auth/decode.ts';
import { readNkey } from '../nats-auth/nkey.ts';
import { touches } from '../text/span.ts';
import type { Setting } from './blocks.ts';
import type { Caret } from './caret.ts';
import { type NatsConf, secretFormats } from './model.ts';
import { secretTextsOf } from './secret-texts.ts';
import { levelsOf, type Slot } from './slots.ts';
import { isWord, quoted } from './source-edits.ts';
import type { Standpoint } from './standpoint.ts';
import type { EvaluatedValue } from './values.ts';

/** A proposal without its place. */
export type Draft = Omit<Completion, 'span'>;

/** What changes something comes first. */
export function booleansFor(option: OptionFact): readonly string[] {
  return option.default === 'true' ? ['false', 'true'] : ['true', 'false'];
}

/** Formats whose values are secrets, or have no sense anywhere else. */
const unique: ReadonlySet<string> = new Set([...secretFormats, 'jwt', 'sha256']);

/** Values that fit a place, the likeliest first; without an option only variables. */
export function proposeValues(here: Standpoint, caret: Caret, slot: Slot | undefined, neighbours: readonly NatsConf[] = []): Draft[] {
  const conf = here.whole;
  const variables = caret.quoted ? [] : variableDrafts(here, caret);
  if (!slot) return variables;
  const isSecret = slot.option.format !== undefined && unique.has(slot.option.format);
  const secrets = secretTextsOf(conf, unique);
  const seen = isSecret
    ? []
    : seenValues(here, slot, caret, neighbours).filter(({ text }) => !isTaken(conf, slot, text) && !secrets.has(text));
  const drafts = [...closedWords(conf, slot, caret), ...names(conf, slot, caret).filter(({ label }) => !secrets.has(label))];
  const draft = (value: string, detail: string): Draft => ({
    label: value,
    kind: 'value',
    detail,
    insertText: written(value, slot, caret),
  });
  drafts.push(...seen.slice(0, mostSeenFirst).map(({ text, where }) => draft(text, where)));
  drafts.push(...typicalValues(slot.owner.name, slot.option.key).map(value => draft(value, 'usual')));
  const initial = literalDefault(slot.option);
  if (initial !== undefined) drafts.push(draft(initial, 'default'));
  drafts.push(...seen.slice(mostSeenFirst, 30).map(({ text, where }) => draft(text, where)));
  return caret.typed.startsWith('$') || isSecret ? [...variables, ...drafts] : [...drafts, ...variables];
}

function closedWords(conf: NatsConf, slot: Slot, caret: Caret): Draft[] {
  const drafts: Draft[] = [];
  const { option } = slot;
  const add = (value: string, detail: string) =>
    drafts.push({ label: value, kind: 'word', detail, insertText: written(value, slot, caret) });
  for (const form of slot.forms) {
    if (form.kind === 'boolean') for (const value of booleansFor(option)) add(value, value === option.default ? 'default' : '');
    if (form.kind === 'enum') for (const value of form.values) if (value !== '') add(value, value === option.default ? 'default' : '');
  }
  for (const value of valuesOf(option.format) ?? []) {
    if (!value.insecure && knows(conf.version, value)) add(value.name, value.name === option.default ? 'default' : '');
  }
  return drafts;
}

/** Accounts, users and subjects that this configuration speaks of. */
function names(conf: NatsConf, slot: Slot, caret: Caret): Draft[] {
  const { option } = slot;
  const draft = (value: string, detail: string): Draft => ({ label: value, kind: 'name', detail, insertText: written(value, slot, caret) });
  if (option.format === 'account') return conf.accounts.map(({ name }) => draft(name, 'account'));
  const isReference = option.format === 'user' && option.key !== 'user';
  if (isReference) {
    return conf.users.flatMap(({ name, account }) => (name ? [draft(name.value, account ? `user of ${account.name}` : 'user')] : []));
  }
  if (option.format !== 'subject') return [];
  const isPermission = slot.owner.name === 'permissions' || slot.owner.name === 'subject_permission';
  const everything = draft('>', 'every subject');
  return isPermission ? [everything, draft('_INBOX.>', 'answers to requests')] : [everything];
}

/** Users and keys of users are given once. */
function isTaken({ users }: NatsConf, { option }: Slot, value: string): boolean {
  if (option.key === 'user') return users.some(user => user.name?.value === value);
  return option.format === 'user-nkey' && users.some(user => user.nkey?.value === value);
}

/** Values that come before the usual ones. */
const mostSeenFirst = 5;

interface SeenValue {
  readonly text: string;
  readonly where: 'used in this configuration' | 'used in another configuration' | 'next in the row';
}

/** Values of the same option, then those of the same format, commonest first; what is in the same list already is left out. */
function seenValues({ own, whole }: Standpoint, slot: Slot, { word }: Caret, neighbours: readonly NatsConf[]): SeenValue[] {
  const counts = new Map<string, { weight: number; where: SeenValue['where'] }>();
  const given = new Set<string>();
  const isHere = ({ at }: EvaluatedValue) => at.file === own.file && touches(at.span, word.start);
  const count = (value: EvaluatedValue, weight: number, where: SeenValue['where'], secrets?: ReadonlySet<string>): void => {
    if (value.kind === 'array') {
      if (isHere(value)) for (const item of value.items) if (item.kind === 'string' && !isHere(item)) given.add(item.value);
      for (const item of value.items) count(item, weight, where, secrets);
      return;
    }
    // What is being written is no example of anything.
    if (isHere(value)) return;
    const text = value.kind === 'string' ? value.value : value.kind === 'integer' || value.kind === 'float' ? value.node.source : undefined;
    if (text === undefined || text === '' || text.length >= 200 || secrets?.has(text) || isSecretText(text)) return;
    const known = counts.get(text);
    if (known) known.weight += weight;
    else counts.set(text, { weight, where });
  };
  for (const { settings, weight } of alikeIn(whole, slot)) {
    for (const { value } of settings) count(value, weight, 'used in this configuration');
  }
  for (const other of neighbours) {
    const alike = alikeIn(other, slot);
    if (alike.length === 0) continue;
    const secrets = secretTextsOf(other, unique);
    // Nearer than another option of this configuration, further away than the same.
    for (const { settings, weight } of alike)
      for (const { value } of settings) count(value, weight / 4, 'used in another configuration', secrets);
  }
  const seen = [...counts].sort(([, a], [, b]) => b.weight - a.weight).map(([text, { where }]) => ({ text, where }));
  const next = [...given, ...(rowFormats.has(slot.option.format ?? '') || slot.option.unit === 'port' ? seen.map(({ text }) => text) : [])]
    .slice(0, mostRows)
    .flatMap(text => nextInRow(text, other => given.has(other) || counts.has(other)) ?? [])
    .map(text => ({ text, where: 'next in the row' as const }));
  const open = seen.filter(({ text }) => !given.has(text));
  return [...open.slice(0, mostSeenFirst - 2), ...next, ...open.slice(mostSeenFirst - 2)];
}

/** Formats whose values are counted through: servers, their hosts and addresses. */
const rowFormats: ReadonlySet<string> = new Set(['name', 'host', 'address', 'url', 'route-url']);
/** Values that are counted on from. */
const mostRows = 2;

/** What follows a name or an address with a number: `n1` → `n2`, `nats://b-0:6222` → `nats://b-1:6222`, `127.0.0.1:4222` → `127.0.0.1:4223`. */
function nextInRow(text: string, isTaken: (other: string) => boolean): string | undefined {
  const [, lead = '', digits, tail = ''] =
    /^(.*[A-Za-z_-])(\d{1,3})(:\d+|\.[A-Za-z][\w.-]*(?::\d+)?)?$/.exec(text) ?? /^(.*:|)(\d{4,5})()$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  for (let number = Number(digits) + 1; number <= Number(digits) + 9; number++) {
    const next = `${lead}${String(number).padStart(digits.length, '0')}${tail}`;
    if (!isTaken(next)) return next;
  }
  return undefined;
}

/** Settings of a configuration whose values may fit a slot, each group with how well they do. */
function alikeIn(conf: NatsConf, { option, owner }: Slot): { readonly settings: readonly Setting[]; readonly weight: number }[] {
  const groups: { readonly settings: readonly Setting[]; readonly weight: number }[] = [];
  for (const settings of conf.index.byOption.values()) {
    const { option: other, block } = settings[0] as Setting;
    const isAkin = option.format !== undefined && other.format === option.format;
    if (other.key === option.key && block.fact.name === owner.name) groups.push({ settings, weight: 100 });
    else if (isAkin) groups.push({ settings, weight: other.key === option.key ? 10 : 1 });
  }
  return groups;
}

/** Addresses with credentials, and keys or tokens that stand where they do not belong, are not proposed. */
function isSecretText(text: string): boolean {
  const key = readNkey(text);
  return /\/\/[^/\s]*@/.test(text) || looksLikeJwt(text) || (key !== undefined && key.kind !== 'public');
}

function literalDefault({ default: words }: OptionFact): string | undefined {
  return words !== undefined && /^[\w.:/-]*\d[\w.:/-]*$/.test(words) ? words : undefined;
}

/** A value as it is written: quotes where it needs them, none where some are there. */
function written(value: string, slot: Slot, caret: Caret): string {
  if (caret.quoted) return value;
  const takesString = slot.forms.every(form => !['integer', 'size', 'number', 'listen', 'boolean'].includes(form.kind) || form.warns);
  if (/^-?\d+(\.\d+)?$/.test(value) && !takesString) return value;
  // Without quotes a time is a number with a factor: `2m` is two million.
  const isTime = slot.forms.some(form => form.kind === 'duration');
  if (!isTime && /^\d+[KMGTB]+$/i.test(value) && slot.forms.some(form => form.kind === 'integer' || form.kind === 'size')) return value;
  return isWord(value) ? value : quoted(value);
}

/** `$NAME` for keys that stand before the caret in a bracket that is open, then for those of included files and of the environment. */
function variableDrafts({ own, level }: Standpoint, { frames, word }: Caret): Draft[] {
  const found = new Map<string, string>();
  const levels = levelsOf(frames, own.version, level);
  for (let i = frames.length - 1; i >= 0; i--) {
    const [frame, inside] = [frames[i], levels[i]];
    if (!frame || frame.kind === 'list' || inside?.kind !== 'block') continue;
    for (const key of frame.keys.slice(0, frame.before)) {
      if (key !== 'include' && !inside.fact.bySpelling.has(key.toLowerCase()) && !found.has(key)) found.set(key, 'defined above');
    }
  }
  for (const entry of own.root.unknown)
    if (entry.keyAt.file !== own.file && !found.has(entry.key)) found.set(entry.key, 'from an included file');
  for (const { node, outcome, file } of own.evaluation.variables) {
    if (file === own.file && touches(node.span, word.start)) continue;
    if (outcome.kind === 'environment' && /^[A-Z_][A-Z0-9_]*$/.test(node.name) && !found.has(node.name))
      found.set(node.name, 'from the environment');
  }
  return [...found]
    .filter(([name]) => name !== '' && !/\s/.test(name))
    .map(([name, detail]) => ({ label: `$${name}`, kind: 'variable', detail, insertText: `$${name}` }));
}
