// The lexer and parser cases of nats-server itself, where they are at hand.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { Entry, MapNode, ParsedConf, ValueNode } from '../../server/src/core/nats-conf/tree.ts';
import { evaluateFiles, isRefused, newest, oldest, type Plain, parse, plainValue } from '../support/nats-text.ts';

interface Case {
  readonly kind: 'lex' | 'parse';
  readonly input: string;
  readonly test: string;
  readonly source_line: number;
  readonly server_parse: 'accept' | 'reject';
  readonly server_message?: string;
  readonly items?: readonly (readonly [type: string, value: string, line: number, column: number])[];
  readonly expect?: 'value' | 'error' | 'ok' | 'unknown';
  readonly value?: unknown;
  readonly include_files?: Readonly<Record<string, string>>;
}

const path = '../shared/corpus/nats-a-parse/manifest.jsonl';
const cases: readonly Case[] = existsSync(path)
  ? readFileSync(path, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line))
  : [];

describe('cases of nats-server’s own tests', () => {
  it('are at hand', function () {
    if (cases.length === 0) this.skip();
  });

  for (const row of cases) {
    describe(`${row.test}, line ${row.source_line}`, () => {
      it('has the verdict of 2.9.10', () => assert.equal(refusedBy(row, oldest), row.server_parse === 'reject'));

      if (row.kind === 'parse' && row.expect !== 'unknown') {
        it('has the verdict of the newest server', () => assert.equal(refusedBy(row, newest), row.expect === 'error'));
      }
      if (row.expect === 'value') {
        it('has the value', () =>
          assert.deepEqual(plainValue(evaluateFiles({ 'nats.conf': row.input }, newest).root), expected(row.value)));
      }
      if (row.items) {
        it('has the tokens', () => {
          const wanted = (row.items ?? []).filter(([type]) => type !== 'itemEOF' && type !== 'itemCommentStart');
          const error = wanted.findIndex(([type]) => type === 'itemError');
          const found = tokensOf(row.input, parse(row.input, oldest));
          if (error < 0) assert.deepEqual(found, wanted.map(withoutColumn));
          else assert.ok(isRefused(parse(row.input, oldest)), 'an error is missing');
        });
      }
    });
  }
});

/** Whether anything in the texts themselves is refused; a variable of the environment is none of that. */
function refusedBy({ input, include_files }: Case, version: typeof newest): boolean {
  const evaluation = evaluateFiles({ 'nats.conf': input, ...include_files }, version);
  return (
    evaluation.files.some(({ parsed }) => isRefused(parsed)) ||
    evaluation.includes.some(({ outcome }) => outcome !== 'included') ||
    // Their tests run without those variables, so the server refuses what we take to come from the environment.
    evaluation.variables.some(({ outcome }) => outcome.kind !== 'resolved')
  );
}

function withoutColumn([type, value, line]: readonly [string, string, number, number]): [string, string, number] {
  return [type, value, line];
}

function expected(value: unknown): Plain {
  if (typeof value === 'number') return BigInt(value);
  if (Array.isArray(value)) return value.map(expected);
  if (value === null || typeof value !== 'object') return value as string | boolean;
  const { float } = value as { float?: number };
  if (typeof float === 'number') return { float };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, expected(inner)])) as Plain;
}

/** The tokens that the server's lexer would give, each with the line on which it ends. */
function tokensOf(text: string, parsed: ParsedConf): [string, string, number][] {
  const found: { at: number; end: number; token: [string, string] }[] = [];
  const add = (type: string, value: string, at: number, end: number) => found.push({ at, end, token: [`item${type}`, value] });
  const visitValue = (node: ValueNode): void => {
    const { start, end } = node.span;
    if (node.kind === 'string') add('String', node.value, node.contentSpan.start, node.contentSpan.end);
    else if (node.kind === 'variable') add('Variable', node.name, start, end);
    else if (node.kind === 'array') {
      add('ArrayStart', '', start, start + 1);
      node.items.forEach(visitValue);
      if (node.close) add('ArrayEnd', '', node.close.start, node.close.end);
    } else if (node.kind === 'map') {
      add('MapStart', '', start, start + 1);
      visitMap(node);
      if (node.close) add('MapEnd', '', node.close.start, node.close.end);
    } else if (node.kind !== 'missing') {
      add({ integer: 'Integer', float: 'Float', boolean: 'Bool', datetime: 'Datetime' }[node.kind], node.source, start, end);
    }
  };
  const visitEntry = (entry: Entry): void => {
    if (entry.kind === 'include') add('Include', entry.path, entry.pathSpan.start, entry.pathSpan.end);
    else {
      add('Key', entry.key, entry.keySpan.start, entry.keySpan.end);
      visitValue(entry.value);
    }
  };
  const visitMap = ({ statements }: MapNode) => statements.forEach(visitEntry);
  visitMap(parsed.tree);
  for (const { start, end } of parsed.comments) {
    add('Text', text.slice(text[start] === '#' ? start + 1 : start + 2, end), start, end);
  }
  found.sort((a, b) => a.at - b.at);
  return found.map(({ end, token }) => [...token, text.slice(0, end).split('\n').length]);
}
