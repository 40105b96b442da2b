// A place in a text. Everything inside the core speaks in spans; lines and characters appear only at the edges.

/** Half-open range of UTF-16 code unit offsets: `start` is included, `end` is not. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

/** Whether `offset` lies in the span; the place directly behind its last character counts too, as for a caret. */
export function touches(outer: Span, offset: number): boolean {
  return outer.start <= offset && offset <= outer.end;
}

export function covers(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

export function textOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}
