// Our nodes from what the `yaml` package read: scalars as Compose types them, aliases, merge keys, and where each of them stands.
import { type Anchor, spanBehind, spanInside } from '../text/moving-span.ts';
import { none } from '../text/nothing.ts';
import type { Span } from '../text/span.ts';
import { resolvePlain, resolveTagged } from './go-scalar.ts';
import type { Field, Item, Mapping, Merge, Node, Scalar, Sequence, TreeProblem } from './yaml-tree.ts';

/** What an anchor stands for at some place; `open` inside of the very value that it names. */
export type Anchored = Node | 'open';

/** Makes nodes for a whole text or for a part of one that begins at `anchor`. */
export class NodeMaker {
  readonly problems: TreeProblem[] = [];
  readonly #anchors: ReadonlyMap<string, Anchored>;
  readonly #anchor: Anchor | undefined;
  /** Anchors that were met here. */
  readonly defined = new Map<string, Anchored>();
  /** What aliases of anchors from before stood for. */
  readonly borrowed = new Map<string, Anchored | undefined>();

  /** `anchors` are those of the text before. */
  constructor(anchors: ReadonlyMap<string, Anchored>, anchor: Anchor | undefined) {
    this.#anchors = anchors;
    this.#anchor = anchor;
  }

  span(start: number, end: number): Span {
    return spanBehind(this.#anchor, start, end);
  }

  /** What `make` gives, under the name of an anchor where there is one. */
  named<Made extends Node | undefined>(anchor: string | undefined, make: () => Made): Made {
    if (anchor === undefined) return make();
    this.defined.set(anchor, 'open');
    const made = make();
    if (made) this.defined.set(anchor, made);
    return made;
  }

  /** What the alias `*name` stands for. */
  aliased(name: string, span: Span): Node {
    const own = this.defined.get(name);
    const target = own ?? this.#anchors.get(name);
    if (own === undefined) this.borrowed.set(name, target);
    if (target === 'open') this.problems.push({ span, message: `\`*${name}\` stands inside of the very value that it repeats` });
    else if (target !== undefined) return target;
    else {
      const message = `No \`&${name}\` stands above this \`*${name}\``;
      this.problems.push({ span, message, advice: 'Define it further up, or correct the name.', unlessBroken: true });
    }
    return this.nothing(span, undefined);
  }

  /** A value that is not there. */
  nothing(span: Span, tag: string | undefined): Scalar {
    return { kind: 'scalar', type: 'null', text: '', span, tag, textSpan: undefined, written: '', quoted: false };
  }

  /** A plain scalar, whose lines are folded in `source`. */
  plain(source: string, written: string, span: Span, tag: string | undefined): Scalar {
    const { type, text } = (tag === undefined ? resolvePlain(source) : resolveTagged(tag, source)) ?? { type: 'string', text: source };
    return { kind: 'scalar', type, text, span, tag, textSpan: text === written ? span : undefined, written, quoted: false };
  }

  /** A scalar in quotes, or a block of text. */
  quoted(value: string, written: string, span: Span, tag: string | undefined): Scalar {
    const { type, text } = (tag === undefined ? undefined : resolveTagged(tag, value)) ?? { type: 'string' as const, text: value };
    const inPlace = text.length === written.length - 2 && text === written.slice(1, -1);
    const textSpan = inPlace ? spanInside(span, 1, text.length + 1) : undefined;
    return { kind: 'scalar', type, text, span, tag, textSpan, written, quoted: true };
  }

  sequence(items: readonly Item[], span: Span, tag: string | undefined): Sequence {
    return { kind: 'sequence', span, tag, items };
  }

  mapping(entries: readonly Field[], merges: readonly Merge[], span: Span, tag: string | undefined): Mapping {
    return { kind: 'mapping', span, tag, entries, merges: merges.length > 0 ? merges : none };
  }

  merge(keySpan: Span, { value, alias }: Pick<Item, 'value' | 'alias'>): Merge {
    const items = value.kind === 'sequence' ? value.items : [{ value, alias }];
    const sources: { mapping: Mapping; span: Span }[] = [];
    for (const item of items) {
      const span = item.alias ?? item.value.span;
      if (item.value.kind === 'mapping') sources.push({ mapping: item.value, span });
      else if (!this.problems.some(problem => problem.span === span)) {
        this.problems.push({ span, message: '`<<` takes a map or a list of maps, usually `*aliases` of some', unlessBroken: true });
      }
    }
    return { keySpan, sources, listed: value.kind === 'sequence' };
  }
}

/** A block collection ends with its last value, not with the line feed behind it. */
export function endOf(last: Item & { readonly keySpan?: Span }): number {
  return Math.max(last.keySpan?.end ?? 0, (last.alias ?? last.value.span).end);
}
