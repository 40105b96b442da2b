// Which parts of a NATS configuration can be folded away: blocks, lists, long texts and runs of comments.
import type { Fold } from '../language.ts';
import type { Span } from '../text/span.ts';
import { isBlank, isNewline, lineEnd } from './characters.ts';
import type { MapNode, ParsedConf, ValueNode } from './tree.ts';

/** In the order of their beginnings. */
export function foldsOf(text: string, parsed: ParsedConf): readonly Fold[] {
  const folds: Fold[] = commentRuns(text, parsed.comments).map(span => ({ span, kind: 'comment' }));
  // Where the line ends that was looked at last: most of what is asked about is on the same.
  let line = { from: 0, end: -1 };
  const add = (span: Span): boolean => {
    const { start, end } = span;
    if (start < line.from || line.end < start) line = { from: start, end: lineEnd(text, start) };
    if (end <= line.end) return false;
    folds.push({ span, kind: 'region' });
    return true;
  };
  // What is in something on one line is on that line too.
  const visitValue = (node: ValueNode): void => {
    if (node.kind === 'map') {
      if (add(node.span)) visitMap(node);
    } else if (node.kind === 'array') {
      if (add(node.span)) node.items.forEach(visitValue);
    } else if (node.kind === 'string' && node.quote !== 'none') add(node.span);
  };
  const visitMap = ({ statements: entries }: MapNode) => {
    for (const entry of entries) if (entry.kind === 'pair') visitValue(entry.value);
  };
  visitMap(parsed.tree);
  for (const { open, close } of parsed.groups) add({ start: open.start, end: close?.end ?? text.length });
  return folds.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

/** Comments that stand alone on lines directly below one another. */
function commentRuns(text: string, comments: readonly Span[]): Span[] {
  const runs: { start: number; end: number; lines: number }[] = [];
  for (const comment of comments) {
    if (!standsAlone(text, comment.start)) continue;
    const last = runs[runs.length - 1];
    if (last && isDirectlyBelow(text, last.end, comment.start)) {
      last.end = comment.end;
      last.lines++;
    } else runs.push({ ...comment, lines: 1 });
  }
  return runs.filter(run => run.lines > 1).map(({ start, end }) => ({ start, end }));
}

function standsAlone(text: string, offset: number): boolean {
  let position = offset;
  while (position > 0 && isBlank(text.charCodeAt(position - 1))) position--;
  return position === 0 || isNewline(text.charCodeAt(position - 1));
}

function isDirectlyBelow(text: string, end: number, start: number): boolean {
  return /^(\r\n|\r|\n)[ \t]*$/.test(text.slice(end, start));
}
