// Variables, accounts and users of a configuration: where each is defined and used, in whichever of its files.
import type { BuildContext, Name, NameKind, Renaming, Spot } from '../language.ts';
import { readNkey } from '../nats-auth/nkey.ts';
import type { FileId } from '../text/file-id.ts';
import { type Place, placeKey } from '../text/place.ts';
import { remember } from '../text/remember.ts';
import { touches } from '../text/span.ts';
import { type Setting, settingOf } from './blocks.ts';
import type { VariableUse } from './evaluate.ts';
import { type NatsConf, settingsOfFormat } from './model.ts';
import { keySite, type NameSite, referenceSite, stringSite } from './name-sites.ts';
import { renamingOf } from './rename.ts';
import { freeKeysOf } from './slots.ts';
import { stringsIn } from './strings.ts';
import { type KeyValue, pairsIn } from './tree.ts';
import { isEnvironmentName } from './variables.ts';

const known = new WeakMap<NatsConf, readonly Name[]>();

/** Every name of the configuration with its files; with `at`, those that stand there. */
export function namesOf(conf: NatsConf, context: BuildContext, at?: Spot): readonly Name[] {
  let names = at ? undefined : known.get(conf);
  if (!names) {
    names = [...variableNames(conf, context, at), ...accountNames(conf, context, at), ...userNames(conf, context, at)];
    if (!at) known.set(conf, names);
  }
  return names;
}

function standsAt(at: Spot | undefined, places: Iterable<Place>): boolean {
  if (!at) return true;
  for (const { file, span } of places) if (file === at.file && touches(span, at.offset)) return true;
  return false;
}

/** One name while its places are collected. */
interface Draft {
  /** Equal names of different realms have nothing to do with each other. */
  readonly realm: string;
  readonly name: string;
  readonly definitions: NameSite[];
  readonly references: NameSite[];
}

type Drafts = Map<string, Draft>;

function draftIn(drafts: Drafts, name: string, realm = ''): Draft {
  const key = `${realm} ${name}`;
  let draft = drafts.get(key);
  if (!draft) {
    draft = { realm, name, definitions: [], references: [] };
    drafts.set(key, draft);
  }
  return draft;
}

/** Accounts or users. What comes from outside has no definition, and a key cannot be another one; a seed is not even a name. */
function* named(
  conf: NatsConf,
  kind: NameKind,
  drafts: Drafts,
  context: BuildContext,
  at: Spot | undefined,
  objection: (draft: Draft, newName: string) => string | undefined,
): Generator<Name> {
  for (const draft of drafts.values()) {
    const { name, realm, definitions, references } = draft;
    if (!standsAt(at, sitesOf(draft))) continue;
    const key = readNkey(name);
    if (name === '' || (key && key.kind !== 'public')) continue;
    const rename = (newName: string): Renaming => {
      if (!/^\P{Control}+$/u.test(newName)) return { problem: 'A name has at least one character, and stays on one line.' };
      const isTaken = newName !== name && drafts.has(`${realm} ${newName}`);
      const problem = isTaken ? `There is a \`${newName}\` already, or something that refers to one.` : objection(draft, newName);
      if (problem !== undefined) return { problem };
      return renamingOf(conf, distinct([...definitions, ...references]), { name, newName }, context);
    };
    const places = { definitions: placesOf(definitions), references: placesOf(references) };
    yield { kind, name, ...places, ...(definitions.length > 0 && !key ? { rename } : {}) };
  }
}

function* sitesOf({ definitions, references }: Draft): Generator<Place> {
  for (const { place } of definitions) yield place;
  for (const { place } of references) yield place;
}

/** Two ways to one text (a variable that is used twice) are one place. */
function placesOf(sites: readonly NameSite[]): Place[] {
  return distinct(sites).map(({ place }) => place);
}

function distinct(sites: readonly NameSite[]): readonly NameSite[] {
  const seen = new Map<string, NameSite>();
  for (const site of sites) seen.set(placeKey(site.place), site);
  return [...seen.values()];
}

// --- Variables ---

function* variableNames(conf: NatsConf, context: BuildContext, at: Spot | undefined): Generator<Name> {
  const defined = new Map<KeyValue, Omit<Variable, 'pair'>>();
  const outside: Drafts = new Map();
  const byPlace = new Map<string, KeyValue>();
  for (const { node, file, outcome } of conf.evaluation.variables) {
    if (outcome.kind === 'environment') draftIn(outside, node.name).references.push(referenceSite(file, node));
    if (outcome.kind !== 'resolved') continue;
    const { node: pair, keyAt } = outcome.entry;
    if (!defined.has(pair)) {
      defined.set(pair, { file: keyAt.file, references: [] });
      byPlace.set(placeKey(keyAt), pair);
    }
    defined.get(pair)?.references.push(referenceSite(file, node));
  }
  // A definition that the server does not see from there is still the one that the person meant.
  const unseen = new Map<string, { readonly name: string; readonly definition: Place; readonly references: NameSite[] }>();
  for (const { node, file, outcome } of conf.evaluation.variables) {
    if (outcome.kind !== 'out-of-scope') continue;
    const { definition } = outcome;
    const key = placeKey(definition);
    const pair = byPlace.get(key);
    const target = pair ? defined.get(pair) : unseen.get(key);
    if (target) target.references.push(referenceSite(file, node));
    else unseen.set(key, { name: node.name, definition, references: [referenceSite(file, node)] });
  }
  for (const [pair, { file, references }] of defined) {
    const rename = (newName: string) => renameVariable(conf, { pair, file, references }, newName, context);
    const places = { definitions: [{ file, span: pair.keySpan }], references: placesOf(references) };
    if (!standsAt(at, [...places.definitions, ...places.references])) continue;
    yield { kind: 'variable', name: pair.key, ...places, ...(meaningfulKeys(conf).has(pair) ? {} : { rename }) };
  }
  for (const { name, definition, references } of unseen.values()) {
    const places = { definitions: [definition], references: placesOf(references) };
    if (standsAt(at, [...places.definitions, ...places.references])) yield { kind: 'variable', name, ...places };
  }
  for (const { name, references } of outside.values()) {
    const places = placesOf(references);
    if (standsAt(at, places)) yield { kind: 'variable', name, definitions: [], references: places };
  }
}

/** Keys that mean something by themselves: options, and free keys such as headers. To rename them would change more than a variable. */
const meaningfulKeys = remember((conf: NatsConf): ReadonlySet<KeyValue> => {
  const keys = new Set<KeyValue>();
  for (const settings of conf.index.byOption.values()) {
    for (const { entry, option, value } of settings) {
      keys.add(entry.node);
      if (value.kind === 'map' && option.key !== 'accounts' && freeKeysOf(option) !== undefined) {
        for (const child of value.entries.values()) keys.add(child.node);
      }
    }
  }
  for (const { node } of conf.accounts.flatMap(({ block }) => block?.name ?? [])) keys.add(node);
  return keys;
});

interface Variable {
  readonly pair: KeyValue;
  readonly file: FileId;
  readonly references: NameSite[];
}

function renameVariable(conf: NatsConf, { pair, file, references }: Variable, newName: string, context: BuildContext): Renaming {
  if (!isEnvironmentName(newName)) {
    return { problem: 'The name of a variable begins with a letter or `_`, and then has letters, digits, `_`, `-` and `.` only.' };
  }
  // A key that is written several times in one block is one name: what is earlier or later gets the new one too.
  const tree = conf.evaluation.files.find(one => one.file.id === file)?.parsed.tree;
  const pairs = tree ? pairsIn(tree) : [];
  const parent = pairs.find(one => one.pair === pair)?.parent;
  const same = new Set(pairs.filter(one => one.parent === parent && one.pair.key === pair.key).map(one => one.pair));
  const uses = conf.evaluation.variables.filter(use => refersTo(use, same));
  const sites = [...[...same].map(one => keySite(file, one)), ...uses.map(use => referenceSite(use.file, use.node)), ...references];
  return renamingOf(conf, distinct(sites), { name: pair.key, newName }, context);
}

function refersTo({ outcome }: VariableUse, pairs: ReadonlySet<KeyValue>): boolean {
  return outcome.kind === 'resolved' && pairs.has(outcome.entry.node);
}

// --- Accounts ---

const accountDrafts = remember((conf: NatsConf): Drafts => {
  const drafts: Drafts = new Map();
  const setting = settingOf(conf.root, 'accounts');
  if (setting?.value.kind === 'array') {
    for (const string of stringsIn(setting.value)) draftIn(drafts, string.value).definitions.push(stringSite(string));
  }
  for (const { name } of setting?.blocks ?? []) {
    for (const { key, keyAt, node } of name ? [name, ...name.replaces] : [])
      draftIn(drafts, key).definitions.push(keySite(keyAt.file, node));
  }
  for (const { option, block, value } of settingsOfFormat(conf, 'account')) {
    if (option.key === 'accounts' && block === conf.root) continue;
    for (const string of stringsIn(value)) draftIn(drafts, string.value).references.push(stringSite(string));
  }
  for (const { option, value } of conf.root.settings) {
    if (value.kind !== 'map' || option.key === 'accounts' || freeKeysOf(option) !== 'account') continue;
    for (const { key, keyAt, node } of value.entries.values()) draftIn(drafts, key).references.push(keySite(keyAt.file, node));
  }
  return drafts;
});

function accountNames(conf: NatsConf, context: BuildContext, at: Spot | undefined): Iterable<Name> {
  const hasSystem = settingOf(conf.root, 'system_account') !== undefined;
  return named(conf, 'account', accountDrafts(conf), context, at, ({ name }, newName) =>
    [name, newName].some(one => one === '$G' || (one === '$SYS' && !hasSystem))
      ? '`$G` and `$SYS` are accounts that the server has by itself, so an account cannot get or lose such a name without a change of its meaning.'
      : undefined,
  );
}

// --- Users ---

const userDrafts = remember((conf: NatsConf): Drafts => {
  const drafts: Drafts = new Map();
  for (const setting of settingsOfFormat(conf, 'user', 'user-nkey')) {
    const isReference = setting.option.key === 'no_auth_user' || setting.option.key === 'auth_users';
    const realm = isReference ? clients : realmOf(setting);
    for (const string of stringsIn(setting.value)) {
      const draft = draftIn(drafts, string.value, realm);
      (isReference ? draft.references : draft.definitions).push(stringSite(string));
    }
  }
  return drafts;
});

function userNames(conf: NatsConf, context: BuildContext, at: Spot | undefined): Iterable<Name> {
  return named(conf, 'user', userDrafts(conf), context, at, () => undefined);
}

const clients = 'clients';

/** Users of clients share one set of names; those of leafnodes and of other listeners know nothing of it. */
function realmOf({ block }: Setting): string {
  const owner = block.setting?.block.fact.name ?? '';
  if (block.fact.name === 'user' || (block.fact.name === 'authorization' && owner === 'server')) return clients;
  return block.fact.name.startsWith('leafnode_') ? 'leafnodes' : owner;
}
