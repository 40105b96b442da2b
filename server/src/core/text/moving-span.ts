// Spans in a part of a text that keep pointing at the same characters while the text before that part grows and shrinks. What was
// computed for a part need not be computed again when something else changes: moving its anchor moves everything.
import type { Span } from './span.ts';

/** Where a part of a text begins. Only who parses the text may move it. */
export interface Anchor {
  offset: number;
}

class MovingSpan implements Span {
  readonly anchor: Anchor;
  readonly from: number;
  readonly to: number;

  constructor(anchor: Anchor, from: number, to: number) {
    this.anchor = anchor;
    this.from = from;
    this.to = to;
  }

  get start(): number {
    return this.anchor.offset + this.from;
  }

  get end(): number {
    return this.anchor.offset + this.to;
  }
}

/** From the first start to the last end of two spans that may move independently of each other. */
class SpanAround implements Span {
  readonly a: Span;
  readonly b: Span;

  constructor(a: Span, b: Span) {
    this.a = a;
    this.b = b;
  }

  get start(): number {
    return Math.min(this.a.start, this.b.start);
  }

  get end(): number {
    return Math.max(this.a.end, this.b.end);
  }
}

/** The span from `from` to `to` behind an anchor; without one, from the beginning of the text. */
export function spanBehind(anchor: Anchor | undefined, from: number, to: number): Span {
  return anchor ? new MovingSpan(anchor, from, to) : { start: from, end: to };
}

/** A span that starts `from` characters behind the start of `outer` and ends `to` behind it, and moves with it. */
export function spanInside(outer: Span, from: number, to: number): Span {
  if (outer instanceof MovingSpan) return new MovingSpan(outer.anchor, outer.from + from, outer.from + to);
  return { start: outer.start + from, end: outer.start + to };
}

/** From the first start to the last end of two spans, wherever they move. */
export function spanAround(a: Span, b: Span): Span {
  if (a instanceof MovingSpan && b instanceof MovingSpan && a.anchor === b.anchor) {
    return new MovingSpan(a.anchor, Math.min(a.from, b.from), Math.max(a.to, b.to));
  }
  return a instanceof MovingSpan || b instanceof MovingSpan
    ? new SpanAround(a, b)
    : { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** The same place as it is now, for whoever keeps it. */
export function fixedSpan({ start, end }: Span): Span {
  return { start, end };
}
