// Names that were surely meant to be another: variables of one product that are a slip of the finger away from a known one.
import { genericNames, renamedFacts, switchFacts, variableFacts } from '../facts/compose-dialects.ts';
import { editDistance } from '../lint/nearest.ts';
import type { Settings } from '../lint/settings.ts';
import { meaningOf, switchOf } from './meaning.ts';

/** Shorter names are near too many others. */
const shortest = 8;
/** From this length on, two slips still leave no doubt. */
const longEnoughForTwo = 14;

/** The known names of a product; of `undefined`, those that belong to none. */
function namesOf(product: string | undefined): readonly string[] {
  if (product === undefined) return genericNames;
  let names = byProduct.get(product);
  if (!names) {
    const variables = [...variableFacts.values()].filter(fact => fact.product === product).map(fact => fact.name);
    const switches = switchFacts.filter(fact => fact.product === product).map(({ pattern }) => pattern.source.slice(1, -1));
    names = [...variables, ...switches].filter(name => name.length >= shortest && /^\w+$/.test(name));
    byProduct.set(product, names);
  }
  return names;
}

const byProduct = new Map<string, readonly string[]>();

/** The name of that product which a name was meant to be; undefined for one that means something itself. */
export function meantName(name: string, product: string | undefined, settings: Pick<Settings, 'environment'>): string | undefined {
  if (name.length < shortest || isKnown(name, settings)) return undefined;
  const most = name.length >= longEnoughForTwo ? 2 : 1;
  const near = namesOf(product).filter(known => Math.abs(known.length - name.length) <= most && isSlip(name, known, most));
  // Two that are equally near leave the choice to the person.
  return near.length === 1 ? near[0] : undefined;
}

function isKnown(name: string, settings: Pick<Settings, 'environment'>): boolean {
  if (meaningOf(name, settings) || switchOf(name, settings) || variableFacts.has(name.toUpperCase()) || renamedFacts.has(name)) return true;
  const base = name.replace(/_(?:FILE|PATH|URI|URL)$/, '');
  return base !== name && (meaningOf(base, settings) !== undefined || variableFacts.has(base.toUpperCase()));
}

/** Names that count, and names of several things, differ from one another on purpose. */
function isSlip(name: string, known: string, most: number): boolean {
  const plain = (text: string) => text.toUpperCase().replace(/_?\d+/g, '');
  const [a, b] = [plain(name), plain(known)];
  if (a === b || `${a}S` === b || a === `${b}S`) return false;
  // A whole word more, less or other is another name, not a slip.
  const words = (text: string) => text.split('_');
  const [own, theirs] = [words(a), words(b)];
  if (own.length === theirs.length && own.some((word, i) => word.length <= 3 && word !== theirs[i])) return false;
  if (own.length !== theirs.length && own.join('') !== theirs.join('')) return false;
  return editDistance(a, b, most) <= most;
}
