// Nodes of which a large file has tens of thousands: they hold numbers, and make the spans that few ask for when somebody does.
import type { FileId } from '../text/file-id.ts';
import { type Anchor, spanBehind, spanInside } from '../text/moving-span.ts';
import type { Span } from '../text/span.ts';
import type { Part } from './part.ts';
import type { ArrayNode, Entry, KeyValue, MapNode, Quote, Separator, StringNode, ValueNode } from './tree.ts';
import type { EvaluatedString, Place } from './values.ts';

/** What it stands for is the text itself, so that where no variable is between, the node is the value too. */
export class Text implements StringNode, EvaluatedString {
  readonly kind = 'string';
  readonly value: string;
  readonly quote: Quote;
  readonly escaped: boolean;
  /** Whether what closes it is missing, or counts as content. */
  readonly isOpen: boolean;
  /** That holds it; known once it is evaluated. */
  file: FileId = '';
  readonly anchor: Anchor | undefined;
  /** Offsets behind the anchor, quotes included. */
  readonly from: number;
  readonly to: number;

  constructor(value: string, quote: Quote, start: number, end: number, anchor: Anchor | undefined, escaped = false, isOpen = false) {
    this.value = value;
    this.quote = quote;
    this.escaped = escaped;
    this.isOpen = isOpen;
    this.anchor = anchor;
    this.from = behind(anchor, start);
    this.to = behind(anchor, end);
  }

  get span(): Span {
    return spanBehind(this.anchor, this.from, this.to);
  }

  get end(): number {
    return this.anchor ? this.anchor.offset + this.to : this.to;
  }

  get node(): StringNode {
    return this;
  }

  get at(): Place {
    return { file: this.file, span: this.span };
  }

  get origin(): Place {
    return this.at;
  }

  get via(): undefined {
    return undefined;
  }

  get contentSpan(): Span {
    if (this.quote === 'none') return this.span;
    return spanBehind(this.anchor, this.from + 1, this.isOpen ? this.to : this.to - 1);
  }
}

function behind(anchor: Anchor | undefined, offset: number): number {
  return anchor ? offset - anchor.offset : offset;
}

const noValue: ValueNode = { kind: 'missing', span: { start: 0, end: 0 }, lost: false };

/** A key, and the value that it waits for while it is read. */
export class Pair implements KeyValue {
  readonly kind = 'pair';
  readonly key: string;
  readonly keyQuote: KeyValue['keyQuote'];
  value = noValue;
  garbled: boolean;
  separator: Separator = 'space';
  readonly anchor: Anchor | undefined;
  /** Offsets behind the anchor, as are all that follow. */
  readonly start: number;
  readonly keyStart: number;
  readonly keyEnd: number;
  separatorAt = -1;
  end = -1;

  /** `at`: where the key is, without its quotes; `start` is its offset with them. */
  constructor(key: string, at: Span, keyQuote: KeyValue['keyQuote'], start: number, anchor: Anchor | undefined, garbled = false) {
    this.key = key;
    this.keyQuote = keyQuote;
    this.garbled = garbled;
    this.anchor = anchor;
    this.start = behind(anchor, start);
    this.keyStart = behind(anchor, at.start);
    this.keyEnd = behind(anchor, at.end);
  }

  get keySpan(): Span {
    return spanBehind(this.anchor, this.keyStart, this.keyEnd);
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
    this.separatorAt = behind(this.anchor, offset);
  }

  /** The value, or another one in its place. */
  take(value: ValueNode): void {
    this.value = value;
    const end = behind(this.anchor, value instanceof Text ? value.end : value.span.end);
    this.end = Math.max(end, this.separator === 'space' ? this.keyEnd : this.separatorAt + 1);
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
