// Names that were surely meant to be another: variables of one product that are a slip of the finger away from a known one.
import { genericNames, renamedFacts, switchFacts, variableFacts } from '../facts/compose-dialects.ts';
import { editDistance } from '../lint/nearest.ts';
import type { Settings } from '../lint/settings.ts';
import { meaningOf, switchOf } from './meaning.ts';

/** Shorter names are near too many others. */
const shortest = 8;
/** From this length on, two slips still leave no doubt. */
const longEnoughForTwo = 14;

/** A name as it is held against others. */
interface Spelled {
  readonly name: string;
  /** Without what counts things of one kind. */
  readonly plain: string;
  readonly words: readonly string[];
}

function spell(name: string): Spelled {
  const plain = name.toUpperCase().replace(/_?\d+/g, '');
  return { name, plain, words: plain.split('_') };
}

/** The known names of a product; of `undefined`, those that belong to none. */
function namesOf(product: string | undefined): readonly Spelled[] {
  const known = byProduct.get(product);
  if (known) return known;
  const names = (product === undefined ? genericNames : readNames(product)).map(spell);
  byProduct.set(product, names);
  return names;
}

function readNames(product: string): readonly string[] {
  const variables = [...variableFacts.values()].filter(fact => fact.product === product).map(fact => fact.name);
  const switches = switchFacts.filter(fact => fact.product === product).map(({ pattern }) => pattern.source.slice(1, -1));
  return [...variables, ...switches].filter(name => name.length >= shortest && /^\w+$/.test(name));
}

const byProduct = new Map<string | undefined, readonly Spelled[]>();

/** The name of that product which a name was meant to be; undefined for one that means something itself. */
export function meantName(name: string, product: string | undefined, settings: Pick<Settings, 'environment'>): string | undefined {
  if (name.length < shortest || isKnown(name, settings)) return undefined;
  const most = name.length >= longEnoughForTwo ? 2 : 1;
  const own = spell(name);
  const near = namesOf(product).filter(known => Math.abs(known.name.length - name.length) <= most && isSlip(own, known, most));
  // Two that are equally near leave the choice to the person.
  return near.length === 1 ? near[0]?.name : undefined;
}

function isKnown(name: string, settings: Pick<Settings, 'environment'>): boolean {
  if (meaningOf(name, settings) || switchOf(name, settings) || variableFacts.has(name.toUpperCase()) || renamedFacts.has(name)) return true;
  const base = name.replace(/_(?:FILE|PATH|URI|URL)$/, '');
  return base !== name && (meaningOf(base, settings) !== undefined || variableFacts.has(base.toUpperCase()));
}

/** Names that count, and names of several things, differ from one another on purpose. */
function isSlip({ plain: a, words: own }: Spelled, { plain: b, words: theirs }: Spelled, most: number): boolean {
  if (a === b || `${a}S` === b || a === `${b}S`) return false;
  // A whole word more, less or other is another name, not a slip.
  if (own.length === theirs.length && own.some((word, i) => word.length <= 3 && word !== theirs[i])) return false;
  if (own.length !== theirs.length && own.join('') !== theirs.join('')) return false;
  return editDistance(a, b, most) <= most;
}
