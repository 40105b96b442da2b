// Nodes of which a large file has tens of thousands: they hold numbers, and make the spans that few ask for when somebody does. A word is also
// the value that it evaluates to.
import type { FileId } from '../text/file-id.ts';
import { type Anchor, spanBehind } from '../text/moving-span.ts';
import type { Span } from '../text/span.ts';
import type { IntegerNode, IntegerSuffix, Quote, StringNode } from './tree.ts';
import type { Place } from './values.ts';

/** What offsets are relative to: a part, which moves, or a file. */
export interface Home extends Anchor {
  readonly file: FileId;
  readonly isPart: boolean;
}

/** A span behind a home. */
export function spanIn(home: Home, from: number, to: number): Span {
  return home.isPart ? spanBehind(home, from, to) : { start: from, end: to };
}

/** Each class writes these fields itself: a constructor that makes nodes of several shapes is slow. */
export abstract class Node {
  abstract readonly home: Home;
  /** Offsets behind the home. */
  abstract readonly from: number;
  abstract readonly to: number;

  get span(): Span {
    return spanIn(this.home, this.from, this.to);
  }

  get end(): number {
    return this.home.offset + this.to;
  }

  get file(): FileId {
    return this.home.file;
  }

  get node(): this {
    return this;
  }

  get at(): Place {
    return { file: this.home.file, span: this.span };
  }

  get origin(): Place {
    return this.at;
  }

  get via(): undefined {
    return undefined;
  }
}

export class Text extends Node implements StringNode {
  readonly kind = 'string';
  readonly home: Home;
  readonly from: number;
  readonly to: number;
  readonly value: string;
  readonly quote: Quote;
  readonly escaped: boolean;
  /** Whether what closes it is missing, or counts as content. */
  readonly isOpen: boolean;

  constructor(value: string, quote: Quote, start: number, end: number, home: Home, escaped = false, isOpen = false) {
    super();
    this.home = home;
    this.from = start - home.offset;
    this.to = end - home.offset;
    this.value = value;
    this.quote = quote;
    this.escaped = escaped;
    this.isOpen = isOpen;
  }

  get contentSpan(): Span {
    if (this.quote === 'none') return this.span;
    return spanIn(this.home, this.from + 1, this.isOpen ? this.to : this.to - 1);
  }
}

/** Anything else that is written as one word. */
export class Scalar<Kind extends 'integer' | 'float' | 'boolean' | 'datetime', Value> extends Node {
  readonly kind: Kind;
  readonly home: Home;
  readonly from: number;
  readonly to: number;
  readonly value: Value;
  readonly source: string;

  constructor(kind: Kind, value: Value, source: string, home: Home, start: number, end: number) {
    super();
    this.home = home;
    this.from = start - home.offset;
    this.to = end - home.offset;
    this.kind = kind;
    this.value = value;
    this.source = source;
  }
}

export class Integer extends Scalar<'integer', number> implements IntegerNode {
  readonly exact: bigint;
  readonly suffix: IntegerSuffix | undefined;
  readonly lost: boolean;

  constructor(exact: bigint, suffix: IntegerSuffix | undefined, lost: boolean, source: string, home: Home, start: number, end: number) {
    super('integer', Number(exact), source, home, start, end);
    this.exact = exact;
    this.suffix = suffix;
    this.lost = lost;
  }
}
