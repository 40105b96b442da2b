// What is written elsewhere for the same option, or one of its kind: likelier than anything that we can think of. Never what may be a secret.
import type { ValueFormat } from '../facts/nats-options.ts';
import { looksLikeJwt } from '../nats-auth/decode.ts';
import { readNkey } from '../nats-auth/nkey.ts';
import { isValidSubject } from '../nats-auth/subject.ts';
import { remember } from '../text/remember.ts';
import { touches } from '../text/span.ts';
import { type Setting, stringOf } from './blocks.ts';
import { blocksAround } from './blocks-around.ts';
import type { Caret } from './caret.ts';
import { type NatsConf, secretFormats } from './model.ts';
import { secretTextsOf } from './secret-texts.ts';
import type { Slot } from './slots.ts';
import type { Standpoint } from './standpoint.ts';
import type { EvaluatedValue } from './values.ts';

/** Formats whose values are secrets, or have no sense anywhere else. */
export const unique: ReadonlySet<string> = new Set([...secretFormats, 'jwt', 'sha256']);

export interface SeenValue {
  readonly text: string;
  readonly where: 'used in this configuration' | 'used in another configuration' | 'next in the row' | 'covers what is used here';
  /** Whether it stands for the same option, or next to such a value, and not only for one of its kind. */
  readonly likely: boolean;
  /** Whether it stands in several places. */
  readonly often: boolean;
}

interface Counted {
  readonly text: string;
  weight: number;
  readonly where: SeenValue['where'];
}

/** Weight of a value of the same option in this configuration; what is only of its kind has a part of it. */
const sameOption = 100;
/** What another configuration has is nearer than another option of this one, further away than the same. */
const elsewhere = 1 / 4;
/** How much more counts what the nearest of the others have: files of one folder, members of one cluster. */
const nearness = (place: number): number => 1 + 3 / (place + 1);

/** Values of the same option, then those of the same format, commonest first; what is in the same list already is left out. */
export function seenValues(here: Standpoint, slot: Slot, { word }: Caret, neighbours: readonly NatsConf[]): readonly SeenValue[] {
  const { own, whole } = here;
  const counts = new Map<string, Counted>();
  const given = new Set<string>();
  const isHere = ({ at }: EvaluatedValue) => at.file === own.file && touches(at.span, word.start);
  const count = (text: string, weight: number, where: SeenValue['where']): void => {
    const known = counts.get(text);
    if (known) known.weight += weight;
    else counts.set(text, { text, weight, where });
  };
  const countElsewhere = (value: EvaluatedValue, weight: number): void => {
    if (value.kind === 'array') {
      if (isHere(value))
        for (const item of value.items) if (item.kind === 'string' && !isHere(item)) given.add(withoutCredentials(item.value));
      for (const item of value.items) countElsewhere(item, weight);
      return;
    }
    // What is being written is no example of anything.
    const text = isHere(value) ? undefined : exampleOf(value);
    if (text !== undefined) count(text, weight, 'used in this configuration');
  };
  // A value is inside of its block, unless a variable or an included file brings it.
  const isPlain = own === whole && whole.evaluation.variables.length === 0;
  const near = isPlain ? new Set([whole.root, ...blocksAround(here, word.start)]) : undefined;
  for (const { settings, weight } of alikeIn(whole, slot)) {
    for (const setting of settings) {
      if (!near || near.has(setting.block)) countElsewhere(setting.value, weight);
      else for (const text of examplesIn(setting)) count(text, weight, 'used in this configuration');
    }
  }
  for (const [place, other] of neighbours.entries()) {
    const alike = alikeIn(other, slot);
    if (alike.length === 0) continue;
    const secrets = secretTextsOf(other, unique);
    for (const { settings, weight } of alike)
      for (const setting of settings) {
        for (const text of examplesIn(setting))
          if (!secrets.has(text)) count(text, weight * elsewhere * nearness(place), 'used in another configuration');
      }
  }
  const seen = [...counts.values()].sort((a, b) => b.weight - a.weight);
  const open: SeenValue[] = [];
  for (const { text, weight, where } of seen)
    if (!given.has(text)) open.push({ text, where, likely: weight >= sameOption * elsewhere, often: weight >= 2 * sameOption });
  const isTaken = (text: string) => given.has(text) || counts.has(text);
  const all = seen.map(({ text }) => text);
  if (slot.option.format === 'subject') return inSubjects(here, word.start, open, all, isTaken, given);
  const isCounted = rowFormats.has(slot.option.format ?? '') || slot.option.unit === 'port';
  const inRows = isCounted ? open.flatMap(({ text, likely }) => (likely ? [text] : [])) : [];
  // A list goes on with several.
  const next = [...given, ...inRows].slice(0, mostRows).flatMap(text => nextInRow(text, given.has(text) ? 2 : 1, isTaken));
  const rows = [...new Set(next)].map(text => ({ text, where: 'next in the row', likely: true, often: false }) as const);
  return [...open.slice(0, beforeRows), ...rows, ...open.slice(beforeRows)];
}

/** The texts of a setting that may stand elsewhere too. */
const examplesIn = remember(({ value }: Setting): readonly string[] => {
  const examples: string[] = [];
  const visit = (one: EvaluatedValue): void => {
    if (one.kind === 'array') one.items.forEach(visit);
    const text = exampleOf(one);
    if (text !== undefined) examples.push(text);
  };
  visit(value);
  return examples;
});

function exampleOf(value: EvaluatedValue): string | undefined {
  const text =
    value.kind === 'string'
      ? withoutCredentials(value.value)
      : value.kind === 'integer' || value.kind === 'float'
        ? value.node.source
        : undefined;
  return text === undefined || text === '' || text.length >= 200 || isSecretText(text) ? undefined : text;
}

/** Values in use that come before what continues their row. */
const beforeRows = 3;

// --- Subjects ---

/** The innermost account or user around a place that has a name. */
export function nameAround(here: Standpoint, offset: number): string | undefined {
  for (const block of blocksAround(here, offset)) {
    const name = block.fact.name === 'user' ? stringOf(block, 'user')?.value : block.fact.name === 'account' ? block.name?.key : undefined;
    if (name) return name;
  }
  return undefined;
}

/** `orders.>` where `orders.new` is used, what covers most first. */
function coversOf(subjects: readonly string[], isTaken: (text: string) => boolean): readonly SeenValue[] {
  const counts = new Map<string, number>();
  for (const subject of subjects) {
    if (!isValidSubject(subject) || !subject.includes('.')) continue;
    const tokens = subject.split('.').filter((token, i, { length }) => i < length - 1 || token !== '>');
    for (const some of new Set([tokens.slice(0, -1), tokens.slice(0, 1)].map(one => one.join('.')))) {
      if (some !== '') counts.set(`${some}.>`, (counts.get(`${some}.>`) ?? 0) + 1);
    }
  }
  const covers = [...counts].filter(([text]) => !isTaken(text)).sort(([, a], [, b]) => b - a);
  return covers.map(([text, count]) => ({
    text,
    where: 'covers what is used here',
    likely: count >= manyCovered && text.split('.').length > 2,
    often: false,
  }));
}

/** So many subjects make one likely that covers them all, unless it is as wide as can be. */
const manyCovered = 3;

/** Subjects that others are made of: the commonest say how they are built. */
const mostExamples = 200;

/** Seen subjects that bear the name of who is being written, or would; then the others. */
function inSubjects(
  here: Standpoint,
  offset: number,
  open: readonly SeenValue[],
  all: readonly string[],
  isTaken: (text: string) => boolean,
  given: ReadonlySet<string>,
): readonly SeenValue[] {
  const name = nameAround(here, offset);
  const token = name?.toLowerCase();
  // Looking for the word first spares cutting nearly all of them up.
  const isOwn = ({ text }: SeenValue) => {
    const subject = text.toLowerCase();
    return token !== undefined && subject.includes(token) && subject.split('.').includes(token);
  };
  const own = open.filter(isOwn);
  const some = all.slice(0, mostExamples);
  const covers = coversOf(some, isTaken);
  const rest = own.length > 0 ? open.filter(one => !own.includes(one)) : open;
  return [
    ...own,
    ...rest.slice(0, beforeCovers),
    ...covers.filter(({ likely }) => likely).slice(0, 2),
    ...likeThoseGiven(rest.slice(beforeCovers), given),
    ...covers,
  ];
}

/** A list goes on with subjects that begin as the others in it do; what is used in several places is still likelier. */
function likeThoseGiven(seen: readonly SeenValue[], given: ReadonlySet<string>): readonly SeenValue[] {
  const beginnings = new Set([...given].flatMap(beginningsOf));
  const shared = new Map(seen.slice(0, mostExamples).map(one => [one, beginningsOf(one.text).filter(text => beginnings.has(text)).length]));
  const first = [...shared.keys()].sort(
    (a, b) => Number(b.often) - Number(a.often) || (shared.get(b) as number) - (shared.get(a) as number),
  );
  return [...first, ...seen.slice(mostExamples)];
}

/** `a.` and `a.b.` of `a.b.c`. */
function beginningsOf(subject: string): readonly string[] {
  return [...subject.matchAll(/\./g)].map(({ index }) => subject.slice(0, index + 1));
}

/** Values in use that come before what covers many of them. */
const beforeCovers = 3;

// --- Rows ---

/** Formats whose values are counted through: servers, their hosts, addresses, files and folders. */
const rowFormats: ReadonlySet<string> = new Set(['name', 'cluster', 'user', 'host', 'address', 'url', 'route-url', 'file', 'directory']);
/** Values that are counted on from. */
const mostRows = 2;

/** A name or an address in a row: `n1`, `nats://b-0:6222`, `127.0.0.1:4222`, `host_a:6222`; what counts is the second part. */
const inRow = [
  /^(.*(?<!:)[A-Za-z_-])(\d{1,3})(:\d+|\.[A-Za-z][\w.-]*(?::\d+)?)?$/,
  /^((?:.*[_-])?)([A-Za-z])(:\d+)?$/,
  /^(.*:|)(\d{4,5})()$/,
];

/** So many free places in a row behind a value and in front of it, by turns. */
function nextInRow(text: string, most: number, isTaken: (other: string) => boolean): readonly string[] {
  const [, lead = '', place, tail = ''] = inRow.map(pattern => pattern.exec(text)).find(found => found) ?? [];
  if (place === undefined) return [];
  const free = (steps: readonly number[]) =>
    steps
      .flatMap(step => countedOn(place, step) ?? [])
      .map(other => lead + other + tail)
      .filter(other => !isTaken(other))
      .slice(0, most);
  const [behind, before] = [free([1, 2, 3, 4, 5, 6, 7, 8, 9]), free([-1, -2, -3])];
  return Array.from({ length: most }, (_, i) => [behind[i] ?? [], before[i] ?? []].flat()).flat();
}

/** A number, or a letter of the alphabet, `step` places further on. */
function countedOn(place: string, step: number): string | undefined {
  if (/\d/.test(place)) {
    const number = Number(place) + step;
    return number < 0 ? undefined : String(number).padStart(place.length, '0');
  }
  const letter = String.fromCharCode(place.charCodeAt(0) + step);
  return /[A-Za-z]/.test(letter) ? letter : undefined;
}

/** Settings of a configuration whose values may fit a slot, each group with how well they do. */
/** What one user may publish, another one wants to hear. */
const otherDirection: Readonly<Record<string, string>> = { publish: 'subscribe', subscribe: 'publish' };

function alikeIn(conf: NatsConf, { option, owner }: Slot): { readonly settings: readonly Setting[]; readonly weight: number }[] {
  const groups: { readonly settings: readonly Setting[]; readonly weight: number }[] = [];
  for (const settings of conf.index.byOption.values()) {
    const { option: other, block } = settings[0] as Setting;
    if (other.key === option.key && block.fact.name === owner.name) groups.push({ settings, weight: sameOption });
    else if (block.fact.name === owner.name && other.key === otherDirection[option.key]) groups.push({ settings, weight: sameOption / 2 });
    else if (isAkin(other.format, option.format)) groups.push({ settings, weight: other.key === option.key ? 10 : 1 });
  }
  return groups;
}

/** Servers, clusters and domains are called alike. */
const groupNames: ReadonlySet<string | undefined> = new Set(['name', 'cluster']);

function isAkin(one: ValueFormat | undefined, other: ValueFormat | undefined): boolean {
  return one !== undefined && (one === other || (groupNames.has(one) && groupNames.has(other)));
}

/** An address for somebody else: who logs in there is not to be repeated. */
export function withoutCredentials(text: string): string {
  return text.replace(/\/\/.*@/s, '//');
}

/** Keys and tokens that stand where they do not belong are not proposed. */
export function isSecretText(text: string): boolean {
  const key = readNkey(text);
  return looksLikeJwt(text) || (key !== undefined && key.kind !== 'public');
}
