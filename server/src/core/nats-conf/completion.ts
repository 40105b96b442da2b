// What may be written where the caret stands in nats.conf: options of the block, values, variables, names, snippets. The likeliest come first.
import { type BlockFact, findOption, type OptionFact, sinceOf } from '../facts/nats-options.ts';
import { commonKeys, keysTogether, type NatsSnippet, natsSnippets } from '../facts/nats-proposals.ts';
import { isAvailable } from '../facts/nats-release.ts';
import type { Completion, CompletionContext } from '../language.ts';
import { directoryOf, type FileId, pathWithin } from '../text/file-id.ts';
import { type Caret, caretAt, type Frame } from './caret.ts';
import { fitsRole, roleOf } from './derived-paths.ts';
import type { ConfFile } from './evaluate.ts';
import { formsInWords } from './form-words.ts';
import { optionInWords } from './hover.ts';
import { fitOf, type ValueAhead, valueAhead } from './keys-for-value.ts';
import type { NatsConf } from './model.ts';
import { type Level, levelsOf, listLevel, mapLevel, type Slot, slotIn } from './slots.ts';
import { asValue } from './source-edits.ts';
import { type Standpoint, standpointOf } from './standpoint.ts';
import { tryText } from './trial.ts';
import { booleansFor, type Draft, proposeValues } from './value-proposals.ts';

/** Proposals for an offset of the main file's text, best first; the editor filters them while somebody types on. */
export function completeAt(own: NatsConf, offset: number, context: CompletionContext<NatsConf>): readonly Completion[] {
  const { file, parsed } = own.evaluation.files[0] as ConfFile;
  const caret = caretAt(file.text, offset, parsed.parts);
  const drafts = withValueAt(standpointOf(own, context), caret, context, here => propose(here, caret, context));
  return inOrder(drafts, caret.typed).map(draft => ({ ...draft, span: caret.word }));
}

/**
 * What `use` makes of the configuration as if a value stood at the caret. Where it is still missing, the key takes what follows for its value,
 * and brackets close others than those that they belong to: nothing of the rest could be proposed.
 */
export function withValueAt<Result>(
  here: Standpoint,
  { kind, key, word, quoted }: Caret,
  context: Pick<CompletionContext, 'read'>,
  use: (here: Standpoint) => Result,
): Result {
  if (kind !== 'value' || quoted || word.end > word.start) return use(here);
  // A list is whole without one more item.
  if (key === undefined && here.file.parsed.errors.length === 0) return use(here);
  const { id, text } = here.file.file;
  const complete = { id, text: `${text.slice(0, word.start)}""${text.slice(word.end)}` };
  const read: CompletionContext['read'] = file => (file === id ? complete : context.read(file));
  return tryText(here.own, complete, read, own => {
    if (here.whole === here.own) return use(standpointOf(own, {}));
    const { file } = here.whole.evaluation.files[0] as ConfFile;
    return tryText(here.whole, file.id === id ? complete : file, read, whole => use(standpointOf(own, { includers: [whole] })));
  });
}

function propose(here: Standpoint, caret: Caret, context: CompletionContext<NatsConf>): readonly Draft[] {
  const conf = here.whole;
  if (caret.kind === 'nowhere') return [];
  if (caret.kind === 'include') return includePaths(here.own, caret, context);
  const level = levelAt(here, caret);
  if (caret.kind === 'key')
    return level?.kind === 'block' ? keyDrafts(level.fact, caret, here, context.neighbours()) : nameDrafts(level, caret, conf);
  const slot = slotIn(level, caret.key ?? '', conf.version);
  const items = caret.key === undefined ? snippetDrafts(itemBlockOf(slot), 'item') : openings(slot);
  const values = [...filePaths(here.whole, caret, slot, context), ...proposeValues(here, caret, slot, context.neighbours())];
  return caret.quoted ? values : [...(caret.key === undefined ? items : []), ...values, ...(caret.key === undefined ? [] : items)];
}

function levelAt(here: Standpoint, { frames }: Caret): Level | undefined {
  return levelsOf(frames, here.whole.version, here.level, name => slotOfVariable(here, name)).at(-1);
}

/** Where the value goes that is being written at an offset; undefined where none is, or nobody knows. */
export function valueAt(here: Standpoint, offset: number): { readonly caret: Caret; readonly slot: Slot } | undefined {
  const caret = caretAt(here.file.file.text, offset, here.file.parsed.parts);
  const slot = caret.kind === 'value' ? slotIn(levelAt(here, caret), caret.key ?? '', here.whole.version) : undefined;
  return slot && { caret, slot };
}

/** Where the value of a helper variable goes: where the variable is first used. */
function slotOfVariable({ own, whole, file, level }: Standpoint, name: string): Slot | undefined {
  const use = whole.evaluation.variables.find(({ node, file: user }) => user === own.file && node.name === name);
  if (!use) return undefined;
  const caret = caretAt(file.file.text, use.node.nameSpan.start, file.parsed.parts);
  return slotIn(levelsOf(caret.frames, whole.version, level).at(-1), caret.key ?? '', whole.version);
}

function keyDrafts(fact: BlockFact, caret: Caret, here: Standpoint, neighbours: readonly NatsConf[]): Draft[] {
  const conf = here.whole;
  const frame = caret.frames[caret.frames.length - 1];
  const given = new Set((frame?.keys ?? []).map(key => findOption(fact, key)).filter(option => option !== undefined));
  const open = (option: OptionFact, key: string) => !given.has(option) && isAvailable(conf.version, sinceOf(option, key));
  const keys = new Set<string>();
  const common = commonKeys(fact.name);
  const likely = [...keysOfNeighbours(fact, neighbours), ...keysNear(fact, frame)].filter(
    key => !common.slice(0, mostCommonFirst).includes(key),
  );
  for (const key of [...common.slice(0, mostCommonFirst), ...likely, ...common, ...fact.options.map(option => option.key)]) {
    const option = findOption(fact, key);
    if (option ? open(option, key) : key === 'include') keys.add(key);
  }
  // Other spellings come last: one who knows them finds them.
  for (const [key, option] of fact.bySpelling) if (open(option, key)) keys.add(key);
  const all = [...keys].map(key => keyDraft(fact, key, caret, conf));
  const drafts = caret.separated ? byFit(all, fact, valueAhead(caret, here.file.file.text, here.file.parsed.parts), conf) : all;
  if (caret.quoted || caret.separated) return drafts;
  const snippets = snippetDrafts(fact.name, 'key').filter(({ insertText }) => {
    const option = findOption(fact, /^\w+/.exec(insertText)?.[0] ?? '');
    return !option || open(option, option.key);
  });
  // Who begins with nothing is helped most by something whole.
  const first = frame?.kind === 'file' && frame.keys.length === 0 ? 0 : 12;
  return [...drafts.slice(0, first), ...snippets, ...drafts.slice(first)];
}

/** Where a value is there already, what it fits best comes first. */
function byFit(drafts: readonly Draft[], fact: BlockFact, value: ValueAhead, { version }: NatsConf): Draft[] {
  const fits = new Map(drafts.map(draft => [draft, fitOf(value, fact, findOption(fact, draft.label), version)]));
  return [...drafts].sort((a, b) => (fits.get(b) as number) - (fits.get(a) as number));
}

/** Keys that come before those that the place makes likely. */
const mostCommonFirst = 4;
const mostNear = 4;

/** Keys that go with those that are written, the nearest to the caret first. */
function keysNear(fact: BlockFact, frame: Frame | undefined): readonly string[] {
  const given = frame ? [...frame.keys.slice(0, frame.before).reverse(), ...frame.keys.slice(frame.before)] : [];
  const known = new Set(given.flatMap(key => findOption(fact, key) ?? []));
  const near = [...known].flatMap(option => keysTogether(fact.name, option.key));
  return [...new Set(near)].filter(key => !known.has(findOption(fact, key) as OptionFact)).slice(0, mostNear);
}

/** Keys that most of the other configurations have in such a block: members of a cluster are alike. */
function keysOfNeighbours(fact: BlockFact, neighbours: readonly NatsConf[]): readonly string[] {
  const blocks = neighbours.flatMap(conf => conf.index.byName.get(fact.name) ?? []);
  const counts = new Map<string, number>();
  for (const { settings } of blocks) for (const { entry } of settings) counts.set(entry.key, (counts.get(entry.key) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count * 2 >= blocks.length)
    .sort(([, a], [, b]) => b - a)
    .map(([key]) => key);
}

function keyDraft(fact: BlockFact, key: string, caret: Caret, conf: NatsConf): Draft {
  const option = findOption(fact, key);
  if (!option) return { label: key, kind: 'keyword', detail: 'reads another file', insertText: caret.separated ? key : `${key} ` };
  const since = sinceOf(option, key);
  const usual = key === option.key || commonKeys(fact.name).includes(key);
  const facts = usual ? [formsInWords(option.forms)] : [`same as ${option.key}`, formsInWords(option.forms)];
  if (option.default !== undefined) facts.push(`default ${option.default}`);
  if (since?.[0]) facts.push(`since ${since[0].join('.')}`);
  const slot = slotIn({ kind: 'block', fact }, key, conf.version);
  return {
    label: key,
    kind: slot && mapLevel(slot, conf.version) ? 'block' : 'option',
    detail: facts.join(' · '),
    documentation: optionInWords(option, key, conf).slice(1).join('\n\n'),
    ...keyText(key, slot, caret, conf),
  };
}

function keyText(key: string, slot: Slot | undefined, caret: Caret, { version }: NatsConf): Pick<Draft, 'insertText' | 'snippet'> {
  if (caret.separated || caret.quoted) return { insertText: key };
  const plain = `${key}${caret.equals ? ' = ' : ': '}`;
  if (!slot) return { insertText: plain };
  const scalar = slot.forms.find(form => !['block', 'map', 'list', 'anything', 'nothing'].includes(form.kind));
  if (scalar?.kind === 'boolean' && !mapLevel(slot, version))
    return { insertText: plain, snippet: `${plain}\${1|${booleansFor(slot.option).join(',')}|}` };
  if (scalar?.kind === 'enum' && slot.forms.every(form => form === scalar))
    return { insertText: plain, snippet: `${plain}\${1|${scalar.values.filter(value => value !== '').join(',')}|}` };
  if (mapLevel(slot, version)) return { insertText: `${key} `, snippet: `${key} {\n\t$0\n}` };
  if (!scalar && listLevel(slot, version)) return { insertText: plain, snippet: `${plain}[\n\t$0\n]` };
  return { insertText: plain };
}

/** Names of accounts that are used and not defined yet. */
function nameDrafts(level: Level | undefined, caret: Caret, conf: NatsConf): Draft[] {
  if (level?.kind !== 'names') return [];
  const given = new Set(caret.frames[caret.frames.length - 1]?.keys);
  const names = new Set<string>();
  for (const [option, settings] of conf.index.byOption) {
    if (settings[0]?.option.format !== level.keys || option === 'server.accounts') continue;
    for (const { value } of settings) if (value.kind === 'string' && !given.has(value.value)) names.add(value.value);
  }
  if (level.slot.option.key !== 'accounts') {
    if (level.keys === 'account') for (const { name } of conf.accounts) if (!given.has(name)) names.add(name);
    return [...names].map(name => ({ label: name, kind: 'name', detail: `${level.keys} of this configuration`, insertText: name }));
  }
  for (const usual of ['SYS', '$SYS']) if (!given.has('SYS') && !given.has('$SYS')) names.add(usual);
  const drafts: Draft[] = [...names].map(name => ({
    label: name,
    kind: 'name',
    detail: 'account',
    insertText: caret.separated || caret.quoted ? name : `${name} `,
    ...(caret.separated || caret.quoted ? {} : { snippet: `${name.replaceAll('$', '\\$')} {\n\t$0\n}` }),
  }));
  return caret.separated || caret.quoted ? drafts : [...snippetDrafts('accounts', 'key'), ...drafts];
}

function snippetDrafts(block: string | undefined, as: NatsSnippet['as']): Draft[] {
  return natsSnippets
    .filter(snippet => snippet.in === block && snippet.as === as)
    .map(({ label, detail, body }) => ({ label, kind: 'snippet', detail, insertText: plainOf(body.join('\n')), snippet: body.join('\n') }));
}

/** A snippet as text: names instead of places to fill in. */
function plainOf(snippet: string): string {
  return snippet
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/(?<!\\)\$\d/g, '')
    .replaceAll('\\$', '$');
}

function itemBlockOf(slot: Slot | undefined): string | undefined {
  for (const form of slot?.forms ?? []) if (form.kind === 'block') return form.block;
  return undefined;
}

/** Brackets that a value can begin with. */
function openings(slot: Slot | undefined): Draft[] {
  const drafts: Draft[] = [];
  for (const { kind } of slot?.forms ?? []) {
    if (kind === 'block' || kind === 'map')
      drafts.push({ label: '{ … }', kind: 'snippet', detail: 'a block', insertText: '{}', snippet: '{\n\t$0\n}' });
    if (kind === 'list') drafts.push({ label: '[ … ]', kind: 'snippet', detail: 'a list', insertText: '[]', snippet: '[$0]' });
  }
  return drafts;
}

function includePaths(conf: NatsConf, caret: Caret, { files }: CompletionContext): Draft[] {
  return pathDrafts(conf, caret, files, /\.(conf|cfg|inc)$|(^|\/)nats[^/]*$/i);
}

/** Endings of the files that an option names; what is in private keys is nobody's business, and they are not among the known files. */
const endings: Readonly<Record<string, RegExp>> = {
  credentials: /\.creds$/i,
  cert_file: /\.(pem|crt|cer)$/i,
  ca_file: /\.(pem|crt|cer)$/i,
  operator: /\.jwt$/i,
};

function filePaths(conf: NatsConf, caret: Caret, slot: Slot | undefined, { files }: CompletionContext): Draft[] {
  const key = slot?.option.key ?? '';
  const ending = endings[key];
  if (!ending) return [];
  const drafts = pathDrafts(conf, caret, files, ending).filter(({ label }) => fitsRole(key, label));
  const rank = (role: string | undefined) => (role === key ? 0 : role === undefined ? 1 : 2);
  return drafts.sort((a, b) => rank(roleOf(a.label)) - rank(roleOf(b.label)));
}

/** Files below the folder of the configuration, as they are written in it. */
function pathDrafts(conf: NatsConf, caret: Caret, files: readonly FileId[], ending: RegExp): Draft[] {
  const paths = files.filter(file => file !== conf.file).flatMap(file => pathWithin(directoryOf(conf.file), file) ?? []);
  return paths
    .filter(path => ending.test(path))
    .map(path => ({ label: path, kind: 'file', detail: 'file', insertText: caret.quoted ? path : asValue(path) }));
}

/** What begins with the typed text first, then what has a word that does, then what holds it, then the rest. */
function inOrder(drafts: readonly Draft[], typed: string): readonly Draft[] {
  const seen = new Set<string>();
  const unique = drafts.filter(({ label }) => !seen.has(label) && seen.add(label));
  const wanted = typed.toLowerCase();
  if (wanted === '') return unique;
  const rank = ({ label }: Draft) => {
    const text = label.toLowerCase().replace(/^"/, '');
    if (text.startsWith(wanted)) return 0;
    return text.includes(`_${wanted}`) ? 1 : text.includes(wanted) ? 2 : 3;
  };
  return [0, 1, 2, 3].flatMap(wantedRank => unique.filter(draft => rank(draft) === wantedRank));
}
