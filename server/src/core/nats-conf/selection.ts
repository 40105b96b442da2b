// What "expand selection" takes in step by step: a word, its quotes, the value, the setting, the inside of the block, the block, …
import { covers, type Span, touches } from '../text/span.ts';
import type { Entry, MapNode, ParsedConf, ValueNode } from './tree.ts';

/** Spans around `offset`, from the smallest to the whole file; each is larger than the one before and covers it. */
export function selectionsAt(text: string, parsed: ParsedConf, offset: number): readonly Span[] {
  const spans: Span[] = [{ start: 0, end: text.length }];
  for (const { open, close } of parsed.groups) add(spans, { start: open.start, end: close?.end ?? text.length }, offset);
  collect(parsed.tree, offset, spans);
  for (const comment of parsed.comments) add(spans, comment, offset);
  return spans.reverse();
}

/** Takes a span that holds the place and lies within the last one, unless it is the same. */
function add(spans: Span[], span: Span, offset: number) {
  const last = spans[spans.length - 1] as Span;
  if (!touches(span, offset) || !covers(last, span) || (last.start === span.start && last.end === span.end)) return;
  spans.push(span);
}

function collect(map: MapNode, offset: number, spans: Span[]) {
  // Where two entries touch the place, the later one begins at it.
  let found: Entry | undefined;
  for (const entry of map.statements) if (touches(entry.span, offset)) found = entry;
  if (!found) return;
  add(spans, found.span, offset);
  if (found.kind === 'include') return add(spans, found.pathSpan, offset);
  if (touches(found.keySpan, offset)) return add(spans, found.keySpan, offset);
  collectValue(found.value, offset, spans);
}

function collectValue(node: ValueNode, offset: number, spans: Span[]) {
  if (!touches(node.span, offset)) return;
  add(spans, node.span, offset);
  if (node.kind === 'string') return add(spans, node.contentSpan, offset);
  if (node.kind === 'variable') return add(spans, node.nameSpan, offset);
  if (node.kind !== 'map' && node.kind !== 'array') return;
  if (node.open) add(spans, { start: node.open.end, end: node.close?.start ?? node.span.end }, offset);
  if (node.kind === 'map') return collect(node, offset, spans);
  let found: ValueNode | undefined;
  for (const item of node.items) if (touches(item.span, offset)) found = item;
  if (found) collectValue(found, offset, spans);
}
