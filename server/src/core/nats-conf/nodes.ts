// Nodes of which a large file has tens of thousands: they hold numbers, and make the spans that few ask for when somebody does.
import { type Anchor, spanBehind, spanInside } from '../text/moving-span.ts';
import type { Span } from '../text/span.ts';
import type { Part } from './part.ts';
import type { ArrayNode, Entry, KeyValue, MapNode, Quote, Separator, StringNode, ValueNode } from './tree.ts';

export class Text implements StringNode {
  readonly kind = 'string';
  readonly value: string;
  readonly quote: Quote;
  readonly span: Span;
  readonly escaped: boolean;
  /** Whether what closes it is missing, or counts as content. */
  readonly isOpen: boolean;

  constructor(value: string, quote: Quote, span: Span, escaped: boolean, isOpen: boolean) {
    this.value = value;
    this.quote = quote;
    this.span = span;
    this.escaped = escaped;
    this.isOpen = isOpen;
  }

  get contentSpan(): Span {
    if (this.quote === 'none') return this.span;
    const length = this.span.end - this.span.start;
    return spanInside(this.span, 1, this.isOpen ? length : length - 1);
  }
}

/** A key, and the value that it waits for while it is read. */
const noValue: ValueNode = { kind: 'missing', span: { start: 0, end: 0 }, lost: false };

/** A key, and the value that it waits for while it is read. */
export class Pair implements KeyValue {
  readonly kind = 'pair';
  readonly key: string;
  readonly keySpan: Span;
  readonly keyQuote: KeyValue['keyQuote'];
  value = noValue;
  garbled: boolean;
  separator: Separator = 'space';
  readonly anchor: Anchor | undefined;
  /** Offsets behind the anchor, as are the next two. */
  readonly start: number;
  separatorAt = -1;
  end = -1;

  /** `start` is the offset of the key, its quote included. */
  constructor(key: string, keySpan: Span, keyQuote: KeyValue['keyQuote'], start: number, anchor: Anchor | undefined, garbled = false) {
    this.key = key;
    this.keySpan = keySpan;
    this.keyQuote = keyQuote;
    this.garbled = garbled;
    this.anchor = anchor;
    this.start = this.#behindAnchor(start);
  }

  get separatorSpan(): Span | undefined {
    return this.separator === 'space' ? undefined : spanBehind(this.anchor, this.separatorAt, this.separatorAt + 1);
  }

  get span(): Span {
    return spanBehind(this.anchor, this.start, this.end);
  }

  /** Writes down its `:` or `=`. */
  separate(separator: 'colon' | 'equal', offset: number): void {
    this.separator = separator;
    this.separatorAt = this.#behindAnchor(offset);
  }

  /** The value, or another one in its place. */
  take(value: ValueNode): void {
    this.value = value;
    const end = this.#behindAnchor(value.span.end);
    this.end = Math.max(end, this.separator === 'space' ? this.#behindAnchor(this.keySpan.end) : this.separatorAt + 1);
  }

  #behindAnchor(offset: number): number {
    return this.anchor ? offset - this.anchor.offset : offset;
  }
}

/** `{ … }`. */
export class Braces implements MapNode {
  readonly kind = 'map';
  readonly entries: readonly Entry[];
  readonly span: Span;
  readonly part: Part | undefined;
  readonly isClosed: boolean;

  constructor(entries: readonly Entry[], span: Span, part: Part | undefined, isClosed: boolean) {
    this.entries = entries;
    this.span = span;
    this.part = part;
    this.isClosed = isClosed;
  }

  get open(): Span {
    return firstOf(this.span);
  }

  get close(): Span | undefined {
    return this.isClosed ? lastOf(this.span) : undefined;
  }
}

/** `[ … ]`. */
export class Brackets implements ArrayNode {
  readonly kind = 'array';
  readonly items: readonly ValueNode[];
  readonly span: Span;
  readonly isClosed: boolean;

  constructor(items: readonly ValueNode[], span: Span, isClosed: boolean) {
    this.items = items;
    this.span = span;
    this.isClosed = isClosed;
  }

  get open(): Span {
    return firstOf(this.span);
  }

  get close(): Span | undefined {
    return this.isClosed ? lastOf(this.span) : undefined;
  }
}

function firstOf(whole: Span): Span {
  return spanInside(whole, 0, 1);
}

function lastOf(whole: Span): Span {
  const length = whole.end - whole.start;
  return spanInside(whole, length - 1, length);
}
