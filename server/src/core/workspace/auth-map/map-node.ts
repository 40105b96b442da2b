// What the map of a workspace is made of: entries in entries, each with facts in words, the places behind them and the findings in it.
import type { Finding } from '../../lint/finding.ts';
import type { FileId } from '../../text/file-id.ts';
import type { Place } from '../../text/place.ts';

export interface MapFact {
  /** A phrase with names between backticks. Never a secret. */
  readonly text: string;
  /** Where it leads: to the server that a leaf node connects to, the user as whom a program logs in. */
  readonly at?: Place | undefined;
}

export interface MapNode {
  /** What it is, in the words of its product: `account`, `leaf remote`. */
  readonly kind: string;
  readonly name: string;
  readonly facts: readonly MapFact[];
  /** Where it is written; undefined for what only results from others. */
  readonly at: Place | undefined;
  /** Parts of texts whose findings are its own. */
  readonly extent: readonly Place[];
  readonly children: readonly MapNode[];
}

export interface MapSection {
  readonly title: string;
  readonly nodes: readonly MapNode[];
}

/** An entry without what is rarely there. */
export function mapNode(node: Pick<MapNode, 'kind' | 'name' | 'at'> & Partial<MapNode>): MapNode {
  return { facts: [], extent: node.at ? [node.at] : [], children: [], ...node };
}

/** `true` and undefined are left out, so that a list can be written with conditions. */
export function factsOf(...facts: readonly (string | MapFact | false | undefined)[]): readonly MapFact[] {
  return facts.flatMap(fact => (fact ? [typeof fact === 'string' ? { text: fact } : fact] : []));
}

/** Findings that lie in an entry, the worst first. */
export function findingsWithin({ extent }: MapNode, findingsOf: (file: FileId) => readonly Finding[]): readonly Finding[] {
  const found = new Set<Finding>();
  for (const { file, span } of extent) {
    for (const finding of findingsOf(file)) if (finding.span.start <= span.end && span.start <= finding.span.end) found.add(finding);
  }
  const order = ['error', 'warning', 'information', 'hint'];
  return [...found].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** "4 users", "1 user". */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** `a, b and 3 more`, each as code. */
export function named(names: readonly string[], most = 4): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names;
  const words = shown.map(name => `\`${name.replaceAll('`', "'")}\``);
  const more = names.length - shown.length;
  return more > 0 ? `${words.join(', ')} and ${more} more` : words.join(', ');
}
