// Writes trees, values and mistakes of NATS configurations in few words, so that a test can state them whole.
import type { ServerVersion } from '../../server/src/core/lint/settings.ts';
import { evaluate } from '../../server/src/core/nats-conf/evaluate.ts';
import { parseNatsConf } from '../../server/src/core/nats-conf/parser.ts';
import type { Entry, MapNode, ParsedConf, SyntaxProblem, ValueNode } from '../../server/src/core/nats-conf/tree.ts';
import type { EvaluatedValue } from '../../server/src/core/nats-conf/values.ts';
import type { Span } from '../../server/src/core/text/span.ts';

export const oldest: ServerVersion = [2, 9, 10];
/** The last server that skips braces at the top level one by one, and the first that refuses a key at the end of the file. */
export const beforeBlocks: ServerVersion = [2, 10, 14];
export const newest: ServerVersion = [2, 15, 2];

export function parse(text: string, version: ServerVersion = newest): ParsedConf {
  return parseNatsConf(text, { version });
}

export function isRefused({ errors }: ParsedConf): boolean {
  return errors.some(problem => problem.refused);
}

/** `line:column kind «text»`, with `?` behind the kind where the server reads the file nevertheless. */
export function problemsOf(text: string, version: ServerVersion = newest): string[] {
  return parse(text, version).errors.map(problem => shown(text, problem));
}

function shown(text: string, { kind, span, refused }: SyntaxProblem): string {
  return `${placeOf(text, span)} ${kind}${refused ? '' : '?'} «${text.slice(span.start, span.end)}»`;
}

export function placeOf(text: string, { start }: Span): string {
  const before = text.slice(0, start);
  return `${before.split(/\r\n|\r|\n/).length}:${start - Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r'))}`;
}

/** Strings, booleans and arrays as in JSON; integers as bigint, floats as `{ float }`, variables as `{ variable }`, missing values as null. */
export type Plain = string | boolean | bigint | null | Plain[] | { [key: string]: Plain | number | string };

/** The values of a tree as written: a later key replaces an earlier one, includes are left out. */
export function plainTree(tree: MapNode): Plain {
  return plainMap(tree.statements);
}

function plainMap(entries: readonly Entry[]): Plain {
  const pairs = entries.filter(entry => entry.kind === 'pair');
  return Object.fromEntries(pairs.map(({ key, value }) => [key, plainNode(value)]));
}

export function plainNode(node: ValueNode): Plain {
  switch (node.kind) {
    case 'string':
    case 'boolean':
      return node.value;
    case 'integer':
      return node.lost ? null : node.exact;
    case 'float':
      return { float: node.value };
    case 'datetime':
      return { datetime: node.source };
    case 'variable':
      return { variable: node.name };
    case 'array':
      return node.items.map(plainNode);
    case 'map':
      return plainMap(node.statements);
    case 'missing':
      return null;
  }
}

/** What the server holds; what is unknown is `{ unknown: why }`. */
export function plainValue(value: EvaluatedValue): Plain {
  switch (value.kind) {
    case 'string':
    case 'boolean':
      return value.value;
    case 'integer':
      return value.node.exact;
    case 'float':
      return { float: value.value };
    case 'datetime':
      return { datetime: value.node.source };
    case 'array':
      return value.items.map(plainValue);
    case 'map':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plainValue(entry.value)]));
    case 'unknown':
      return { unknown: value.why };
  }
}

/** Evaluates `nats.conf` out of a set of files; a file with the text `unknown` is one that nobody has loaded yet. */
export function evaluateFiles(files: Readonly<Record<string, string>>, version: ServerVersion = newest) {
  const root = 'file:///srv/';
  const main = Object.keys(files)[0] as string;
  return evaluate({ id: root + main, text: files[main] as string }, version, id => {
    const text = files[id.slice(root.length)];
    return text === undefined ? 'absent' : text === 'unknown' ? 'unknown' : { id, text };
  });
}

/** What is wrong with how a tree nests and where its spans lie; empty for a good one. */
export function nestingFaults(text: string, { tree, errors, comments, groups }: ParsedConf): string[] {
  const faults: string[] = [];
  const within = (inner: Span, outer: Span, what: string) => {
    if (inner.start > inner.end || inner.start < outer.start || inner.end > outer.end) {
      faults.push(`${what} ${inner.start}-${inner.end} is not within ${outer.start}-${outer.end}`);
    }
  };
  const inOrder = (spans: readonly Span[], what: string) => {
    for (let i = 1; i < spans.length; i++) {
      if ((spans[i] as Span).start < (spans[i - 1] as Span).end) faults.push(`${what} ${i} overlaps the one before`);
    }
  };
  const visitValue = (node: ValueNode, outer: Span): void => {
    within(node.span, outer, node.kind);
    if (node.kind === 'string') within(node.contentSpan, node.span, 'content');
    if (node.kind === 'variable') within(node.nameSpan, node.span, 'name');
    if (node.kind === 'map') visitMap(node);
    if (node.kind === 'array') {
      inOrder(
        node.items.map(item => item.span),
        'item',
      );
      for (const item of node.items) visitValue(item, node.span);
    }
  };
  const visitMap = ({ statements: entries, span }: MapNode): void => {
    inOrder(
      entries.map(entry => entry.span),
      'entry',
    );
    for (const entry of entries) {
      within(entry.span, span, entry.kind);
      if (entry.kind === 'include') {
        within(entry.pathSpan, entry.span, 'path');
        within(entry.keywordSpan, entry.span, 'keyword');
      } else {
        within(entry.keySpan, entry.span, 'key');
        if (text.slice(entry.keySpan.start, entry.keySpan.end) !== entry.key) faults.push('a key is not its text');
        if (entry.value.span.start < entry.keySpan.end) faults.push('a value begins before its key ends');
        visitValue(entry.value, entry.span);
      }
    }
  };
  const all = { start: 0, end: text.length };
  within(tree.span, all, 'file');
  visitMap(tree);
  inOrder(comments, 'comment');
  for (const comment of comments) within(comment, all, 'comment');
  for (const { open, close } of groups) for (const brace of close ? [open, close] : [open]) within(brace, all, 'brace');
  for (const { span, related, fix } of errors) {
    within(span, all, 'problem');
    for (const place of related) within(place.span, all, 'related place');
    for (const edit of fix?.edits ?? []) within(edit.span, all, 'edit');
  }
  return faults;
}
