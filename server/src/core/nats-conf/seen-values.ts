// What is written elsewhere for the same option, or one of its kind: likelier than anything that we can think of. Never what may be a secret.
import type { ValueFormat } from '../facts/nats-options.ts';
import { looksLikeJwt } from '../nats-auth/decode.ts';
import { readNkey } from '../nats-auth/nkey.ts';
import { isValidSubject } from '../nats-auth/subject.ts';
import { remember } from '../text/remember.ts';
import { touches } from '../text/span.ts';
import { type Block, type Setting, stringOf } from './blocks.ts';
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
  readonly where:
    | 'used in this configuration'
    | 'used in another configuration'
    | 'next in the row'
    | 'covers what is used here'
    | 'as others have it';
  /** Whether it stands for the same option, or next to such a value, and not only for one of its kind. */
  readonly likely: boolean;
}

interface Counted {
  weight: number;
  readonly where: SeenValue['where'];
}

/** Weight of a value of the same option in this configuration; what is only of its kind has a part of it. */
const sameOption = 100;
/** What another configuration has is nearer than another option of this one, further away than the same. */
const elsewhere = 1 / 4;

/** Values of the same option, then those of the same format, commonest first; what is in the same list already is left out. */
export function seenValues(here: Standpoint, slot: Slot, { word }: Caret, neighbours: readonly NatsConf[]): readonly SeenValue[] {
  const { own, whole } = here;
  const counts = new Map<string, Counted>();
  const given = new Set<string>();
  const isHere = ({ at }: EvaluatedValue) => at.file === own.file && touches(at.span, word.start);
  const count = (value: EvaluatedValue, weight: number, where: SeenValue['where'], secrets?: ReadonlySet<string>): void => {
    if (value.kind === 'array') {
      if (isHere(value))
        for (const item of value.items) if (item.kind === 'string' && !isHere(item)) given.add(withoutCredentials(item.value));
      for (const item of value.items) count(item, weight, where, secrets);
      return;
    }
    // What is being written is no example of anything.
    if (isHere(value)) return;
    const text =
      value.kind === 'string'
        ? withoutCredentials(value.value)
        : value.kind === 'integer' || value.kind === 'float'
          ? value.node.source
          : undefined;
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
    for (const { settings, weight } of alike)
      for (const { value } of settings) count(value, weight * elsewhere, 'used in another configuration', secrets);
  }
  const seen = [...counts].sort(([, a], [, b]) => b.weight - a.weight);
  const open = seen.flatMap(([text, { weight, where }]) =>
    given.has(text) ? [] : [{ text, where, likely: weight >= sameOption * elsewhere }],
  );
  const isTaken = (text: string) => given.has(text) || counts.has(text);
  const all = seen.map(([text]) => text);
  if (slot.option.format === 'subject') return inSubjects(here, word.start, open, all, isTaken);
  const isCounted = rowFormats.has(slot.option.format ?? '') || slot.option.unit === 'port';
  const inRows = isCounted ? open.flatMap(({ text, likely }) => (likely ? [text] : [])) : [];
  const next = [...given, ...inRows].slice(0, mostRows).flatMap(text => nextInRow(text, isTaken));
  const rows = [...new Set(next)].map(text => ({ text, where: 'next in the row', likely: true }) as const);
  return [...open.slice(0, beforeRows), ...rows, ...open.slice(beforeRows)];
}

/** Values in use that come before what continues their row. */
const beforeRows = 3;

// --- Subjects ---

/** The innermost account or user around a place that has a name. */
export function nameAround({ own, whole }: Standpoint, offset: number): string | undefined {
  const names = namedBlocks(whole).filter(({ block: { map } }) => map.at.file === own.file && touches(map.node.span, offset));
  return names.at(-1)?.name;
}

/** Accounts and users, outer before inner. */
const namedBlocks = remember((conf: NatsConf): readonly { readonly block: Block; readonly name: string }[] =>
  conf.blocks.flatMap(block => {
    const name = block.fact.name === 'user' ? stringOf(block, 'user')?.value : block.fact.name === 'account' ? block.name?.key : undefined;
    return name ? [{ block, name }] : [];
  }),
);

/** Subjects that bear the name of another account or user, with that of this one in its place: `events.billing.>` → `events.shipping.>`. */
function ownSubjects(conf: NatsConf, subjects: readonly string[], name: string): readonly SeenValue[] {
  const others = new Set(namedBlocks(conf).map(other => other.name.toLowerCase()));
  const token = name.toLowerCase();
  const own = subjects.flatMap(subject => {
    const tokens = subject.split('.');
    const renamed = tokens.map(one => (others.has(one.toLowerCase()) ? (one === one.toUpperCase() ? token.toUpperCase() : token) : one));
    return renamed.join('.') === subject || !isValidSubject(renamed.join('.')) ? [] : [renamed.join('.')];
  });
  return [...new Set(own)].map(text => ({ text, where: 'as others have it', likely: true }));
}

/** `orders.>` where `orders.new` is used. */
function coversOf(subjects: readonly string[], isTaken: (text: string) => boolean): readonly SeenValue[] {
  const covers = new Set(
    subjects
      .filter(subject => isValidSubject(subject) && subject.includes('.'))
      .flatMap(subject => {
        const tokens = subject.split('.');
        return [tokens.slice(0, -1), tokens.slice(0, 1)].map(some => `${some.join('.')}.>`);
      }),
  );
  return [...covers].filter(text => !isTaken(text)).map(text => ({ text, where: 'covers what is used here', likely: false }));
}

/** Subjects that others are made of: the commonest say how they are built. */
const mostExamples = 200;

/** Seen subjects that bear the name of who is being written, or would; then the others. */
function inSubjects(
  here: Standpoint,
  offset: number,
  open: readonly SeenValue[],
  all: readonly string[],
  isTaken: (text: string) => boolean,
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
  const invented = name === undefined ? [] : ownSubjects(here.whole, some, name).filter(({ text }) => !isTaken(text));
  return [...own, ...invented.slice(0, 2), ...(own.length > 0 ? open.filter(one => !own.includes(one)) : open), ...coversOf(some, isTaken)];
}

// --- Rows ---

/** Formats whose values are counted through: servers, their hosts and addresses. */
const rowFormats: ReadonlySet<string> = new Set(['name', 'host', 'address', 'url', 'route-url']);
/** Values that are counted on from. */
const mostRows = 2;

/** A name or an address in a row: `n1`, `nats://b-0:6222`, `127.0.0.1:4222`, `host_a:6222`; what counts is the second part. */
const inRow = [
  /^(.*(?<!:)[A-Za-z_-])(\d{1,3})(:\d+|\.[A-Za-z][\w.-]*(?::\d+)?)?$/,
  /^((?:.*[_-])?)([A-Za-z])(:\d+)?$/,
  /^(.*:|)(\d{4,5})()$/,
];

/** The next free place in a row behind a value, then the one in front of it. */
function nextInRow(text: string, isTaken: (other: string) => boolean): readonly string[] {
  const [, lead = '', place, tail = ''] = inRow.map(pattern => pattern.exec(text)).find(found => found) ?? [];
  if (place === undefined) return [];
  const free = (steps: readonly number[]) =>
    steps
      .flatMap(step => countedOn(place, step) ?? [])
      .map(other => lead + other + tail)
      .find(other => !isTaken(other)) ?? [];
  return [free([1, 2, 3, 4, 5, 6, 7, 8, 9]), free([-1, -2, -3])].flat();
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
function alikeIn(conf: NatsConf, { option, owner }: Slot): { readonly settings: readonly Setting[]; readonly weight: number }[] {
  const groups: { readonly settings: readonly Setting[]; readonly weight: number }[] = [];
  for (const settings of conf.index.byOption.values()) {
    const { option: other, block } = settings[0] as Setting;
    if (other.key === option.key && block.fact.name === owner.name) groups.push({ settings, weight: sameOption });
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
function withoutCredentials(text: string): string {
  return text.replace(/\/\/.*@/s, '//');
}

/** Keys and tokens that stand where they do not belong are not proposed. */
function isSecretText(text: string): boolean {
  const key = readNkey(text);
  return looksLikeJwt(text) || (key !== undefined && key.kind !== 'public');
}
