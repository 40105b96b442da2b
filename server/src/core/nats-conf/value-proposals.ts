// Values for an option: words that it takes, names and values of this configuration, usual values, variables. Never a value that may be a secret.
import type { OptionFact, ValueForm } from '../facts/nats-options.ts';
import { typicalValues } from '../facts/nats-proposals.ts';
import { knows, valuesOf } from '../facts/nats-values.ts';
import type { Completion } from '../language.ts';
import { remember } from '../text/remember.ts';
import { touches } from '../text/span.ts';
import { settingOf } from './blocks.ts';
import { blocksAround, listAround } from './blocks-around.ts';
import type { Caret } from './caret.ts';
import { clusterOf } from './cluster-members.ts';
import { fitsRole } from './derived-paths.ts';
import { derivedValues, nothingDerived } from './derived-values.ts';
import type { NatsConf } from './model.ts';
import { secretTextsOf } from './secret-texts.ts';
import { seenValues, unique } from './seen-values.ts';
import { noSiblings, siblingValues } from './sibling-values.ts';
import { inDigits, sizesInStyle } from './size-styles.ts';
import { levelsOf, type Slot } from './slots.ts';
import { isWord, quoted } from './source-edits.ts';
import type { Standpoint } from './standpoint.ts';

/** A proposal without its place. */
export type Draft = Omit<Completion, 'span'>;

/** What changes something comes first. */
export function booleansFor(option: OptionFact): readonly string[] {
  return option.default === 'true' ? ['false', 'true'] : ['true', 'false'];
}

/** Values that come before the usual ones. */
const mostSeenFirst = 5;
/** The rest of what follows is left out: each is less likely than the one before. */
const mostDerived = 6;
const mostOfSiblings = 4;
const mostUsualFirst = 1;
const mostNarrow = 6;
const mostOthers = 25;
/** Where fewer are known, examples of the kind of value follow. */
const enough = 10;

/** Values that fit a place, the likeliest first; without an option only variables. */
export function proposeValues(here: Standpoint, caret: Caret, slot: Slot | undefined, others: readonly NatsConf[] = []): Draft[] {
  const conf = here.whole;
  const { members, strangers } = clusterOf(conf, others);
  const neighbours = [...members, ...strangers];
  const variables = caret.quoted ? [] : variableDrafts(here, caret);
  if (!slot) return variables;
  const isSecret = slot.option.format !== undefined && unique.has(slot.option.format);
  const secrets = secretTextsOf(conf, unique);
  const given = new Set(caret.key === undefined ? listAround(here, caret.word.start) : []);
  const words = knownWords(here, slot, caret);
  const isKnown = (text: string) => !words || words.some(word => word.toLowerCase() === text.toLowerCase());
  // An account imports nothing from itself.
  const isSelf = (text: string) =>
    slot.owner.name === 'import_source' && slot.option.format === 'account' && caret.frames.some(({ key }) => key === text);
  const isOpen = (text: string) =>
    !given.has(text) && isKnown(text) && !isTaken(conf, slot, text) && fitsRole(slot.option.key, text) && !isSelf(text);
  const seen = isSecret ? [] : seenValues(here, slot, caret, neighbours).filter(({ text }) => isOpen(text) && !secrets.has(text));
  const named = names(conf, slot, caret).filter(({ label }) => !secrets.has(label));
  const drafts = [...closedWords(slot, caret, words ?? []), ...(isPermission(slot) ? [] : named)];
  const draft = (value: string, detail: string): Draft => ({
    label: value,
    kind: 'value',
    detail,
    insertText: written(value, slot, caret),
  });
  const siblings = isSecret ? noSiblings : siblingValues(here, slot, caret.word.start, neighbours);
  const alike = siblings.values.filter(text => isOpen(text) && !secrets.has(text));
  drafts.unshift(...alike.slice(0, mostOfSiblings).map(text => draft(text, 'as others have it')));
  const derived = isSecret ? nothingDerived : derivedValues(here, slot, caret.word.start, neighbours);
  const follows = derived.values
    .filter(isOpen)
    .slice(0, mostDerived)
    .map(value => draft(value, 'follows from what is here'));
  const first = seen.filter(({ text, likely }) => likely && !siblings.theirs.has(text)).slice(0, mostSeenFirst);
  const inUse = first.map(({ text, where }) => draft(text, where));
  drafts.push(...(derived.before ? [...follows, ...inUse] : [...inUse, ...follows]));
  // Who may do everything is rarely meant: what is narrower comes first.
  if (isPermission(slot)) drafts.splice(mostNarrow, 0, ...named);
  const usual = usualValues(here, slot, caret).map(value => draft(value, 'usual'));
  const rest = seen.filter(one => !first.includes(one)).slice(0, mostOthers);
  const restDrafts = (isLikely: boolean) => rest.filter(({ likely }) => likely === isLikely).map(({ text, where }) => draft(text, where));
  // What is in use for the same is likelier than what is less usual.
  drafts.push(...usual.slice(0, mostUsualFirst), ...restDrafts(true), ...usual.slice(mostUsualFirst));
  for (const initial of literalDefaults(slot)) drafts.push(draft(initial, 'default'));
  drafts.push(...restDrafts(false));
  if (drafts.length < enough) drafts.push(...examples(here, slot, caret).map(value => draft(value, 'for example')));
  const open = drafts.filter(({ label }) => isOpen(label));
  return caret.typed.startsWith('$') || isSecret ? [...variables, ...open] : [...open, ...variables];
}

/** What is usual for an option within the block that is around its own, then anywhere. */
function usualValues(here: Standpoint, slot: Slot, { word, frames }: Caret): readonly string[] {
  const { option, owner, forms } = slot;
  const outer = frames[frames.length - 2]?.key;
  const values = [
    ...(outer === undefined ? [] : typicalValues(`${outer}.${owner.name}`, option.key)),
    ...typicalValues(owner.name, option.key),
  ];
  // Who exports and imports has something narrower in mind mostly.
  if (option.format === 'subject' && !isPermission(slot)) return [...values, '>'];
  return option.unit === 'bytes'
    ? sizesInStyle(here, word.start, values, forms.some(({ kind }) => kind === 'size') ? '1G' : '1073741824')
    : values;
}

/** Subjects that many have; round sizes, times and counts. */
function examples(here: Standpoint, slot: Slot, { word }: Caret): readonly string[] {
  const { option, forms } = slot;
  const has = (kind: ValueForm['kind']) => forms.some(form => form.kind === kind);
  if (isPermission(slot)) return typicalValues('any', 'subject');
  if (option.unit === 'bytes') return sizesInStyle(here, word.start, typicalValues('any', 'bytes'), '1G');
  if (option.unit === 'seconds' && has('number')) return typicalValues('any', 'seconds');
  if (has('duration')) return typicalValues('any', 'duration');
  return option.unit === undefined && has('integer') ? typicalValues('any', 'count') : [];
}

function closedWords(slot: Slot, caret: Caret, words: readonly string[]): Draft[] {
  const drafts: Draft[] = [];
  const { option } = slot;
  const add = (value: string, detail: string) =>
    drafts.push({ label: value, kind: 'word', detail, insertText: written(value, slot, caret) });
  for (const form of slot.forms) {
    if (form.kind === 'boolean') for (const value of booleansFor(option)) add(value, value === option.default ? 'default' : '');
    if (form.kind === 'enum') for (const value of form.values) if (value !== '') add(value, value === option.default ? 'default' : '');
  }
  for (const word of words) add(word, word === option.default ? 'default' : '');
  return drafts;
}

/** The words that an option of a closed set may have; undefined for others. What Go calls insecure is among them only where it is permitted. */
function knownWords(here: Standpoint, { option }: Slot, caret: Caret): readonly string[] | undefined {
  const values = valuesOf(option.format);
  if (!values) return undefined;
  const block = blocksAround(here, caret.word.start)[0];
  const permitted = settingOf(block, 'allow_insecure_cipher_suites')?.value;
  const isPermitted = permitted?.kind === 'boolean' && permitted.value;
  const words = values.filter(value => (isPermitted || !value.insecure) && knows(here.whole.version, value)).map(({ name }) => name);
  // Go has the suites of TLS 1.3 on, whatever a list says: they come last.
  const isAlwaysOn = (name: string) => option.format === 'cipher-suite' && !name.includes('_WITH_');
  return [...words.filter(name => !isAlwaysOn(name)), ...words.filter(isAlwaysOn)];
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
  if (!isPermission(slot)) return [];
  const everything = draft('>', 'every subject');
  return option.key === 'deny' ? [everything] : [draft('_INBOX.>', 'answers to requests'), everything];
}

function isPermission({ option, owner }: Slot): boolean {
  return option.format === 'subject' && (owner.name === 'permissions' || owner.name === 'subject_permission');
}

/** Users and keys of users are given once. */
function isTaken(conf: NatsConf, { option }: Slot, value: string): boolean {
  if (option.key === 'user') return givenTo(conf).names.has(value);
  return option.format === 'user-nkey' && givenTo(conf).keys.has(value);
}

const givenTo = remember(({ users }: NatsConf) => ({
  names: new Set(users.map(user => user.name?.value)),
  keys: new Set(users.map(user => user.nkey?.value)),
}));

/** The default, and in digits too where it is a size, or a time for which a number of seconds may stand. */
function literalDefaults({ option, forms }: Slot): readonly string[] {
  const text = option.default;
  if (text === undefined || !/^[\w.:/-]*\d[\w.:/-]*$/.test(text)) return [];
  if (option.unit === 'bytes') return [text, inDigits(text)];
  const [, count, unit = ''] = /^(\d+)([smh])$/.exec(text) ?? [];
  const isCounted = count !== undefined && forms.some(({ kind, warns }) => (kind === 'integer' || kind === 'number') && !warns);
  return isCounted ? [text, String(Number(count) * (unit === 's' ? 1 : unit === 'm' ? 60 : 3600))] : [text];
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
