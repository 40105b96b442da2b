// Configurations that nobody wrote: one option with one value in a block that is otherwise right, and other people's configurations
// with a few changes. The same seed gives the same texts, so that a disagreement with a real server can be met again.
import { type BlockFact, natsBlock, type OptionFact, type ValueForm } from '../../server/src/core/facts/nats-options.ts';
import { parseNatsConf } from '../../server/src/core/nats-conf/parser.ts';
import type { KeyValue, MapNode, ValueNode } from '../../server/src/core/nats-conf/tree.ts';
import { newest } from '../support/nats-text.ts';
import type { Random } from '../support/random.ts';

/** Values of every kind, right and wrong, that any option may be tried with. */
const values: readonly string[] = [
  ...['0', '-1', '1', '5', '200', '4222', '70000', '3000000000', '99999999999', '1.5', 'true', 'false', '2020-01-02T03:04:05Z'],
  ...['""', 'x', '"a b"', '"10s"', '"-5s"', '"5"', '"1.5"', '"50%"', '"150%"', '"true"', 'enabled', 'auto', '2m', '64kb', '1e5'],
  ...['"127.0.0.1:1234"', '":1234"', '"h:x"', '":-5"', '"nats://h.invalid:1"', '"http://h:1"', '"ws://h:1"', '"10G"', '"10MB"'],
  ...['"a.b"', '"a..b"', '">"', '"a.>"', '"*"', '"$SYS"', '"$G"', '_', 'K', 'MEM', '"URL(http://x)"', '"2.9"', '"2.10.0"'],
  ...['[ ]', '[ x ]', '[ x, x ]', '[ 1 ]', '[ true ]', '[ {} ]', '[ "a b" ]', '[ [x] ]', '[ "nats://127.0.0.1:1" ]'],
  ...['{}', '{ x: 1 }', '{ x: y }', '{ x: {} }', '{ x: [] }', '{ "a b": y }', '$HOME', '$UNSET'],
];

/** What a block needs beside the option that is tried, so that nothing else is wrong with it. */
const companions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cluster: { name: 'c', port: '6222' },
  export: { service: 'e' },
  gateway: { name: 'g', port: '7222' },
  import: { stream: '{ account: B, subject: b.st }' },
  import_source: { account: 'B', subject: 'b.s' },
  jetstream: { store_dir: '"/tmp/js"' },
  latency: { subject: 'l' },
  leafnode_proxy: { url: '"http://127.0.0.1:3128"' },
  leafnode_remote: { url: '"nats://127.0.0.1:7999"' },
  leafnode_user: { user: 'u', password: 'p' },
  leafnodes: { port: '7422' },
  mapping: { destination: 'b', weight: '50' },
  message_trace: { dest: 'd' },
  mqtt: { port: '1883' },
  remote_gateway: { name: 'r', url: '"nats://127.0.0.1:7998"' },
  resolver: { type: 'full', dir: '"/tmp/r"' },
  user: { user: 'u', password: 'p' },
  websocket: { port: '8080', no_tls: 'true' },
};

const neighbour = 'B { exports: [ { stream: "b.st" }, { service: "b.s" } ] }';

/** An option at one place of the schema, and the text around a value of it. */
interface Site {
  readonly option: OptionFact;
  readonly wrap: (value: string) => string;
}

/** How often a block is tried that stands at many places (`tls`, say). */
const mostPlaces = 4;

/** Every option of every block, each with a way to write a configuration around it. */
export function sites(): readonly Site[] {
  const found: Site[] = [];
  const places = new Map<string, number>();
  const visit = (block: BlockFact, wrap: (inner: string) => string) => {
    const place = (places.get(block.name) ?? 0) + 1;
    places.set(block.name, place);
    if (place > mostPlaces) return;
    for (const option of block.options) {
      const set = (value: string) => wrap([...beside(block, option), `${option.key}: ${value}`].join(', '));
      found.push({ option, wrap: value => before(block, option) + set(value) });
      visitForms(option.forms, value => set(value), option, visit);
    }
  };
  visit(natsBlock('server'), inner => `${inner}\n`);
  return found;
}

function visitForms(
  forms: readonly ValueForm[],
  wrap: (value: string) => string,
  option: OptionFact,
  visit: (block: BlockFact, wrap: (inner: string) => string) => void,
): void {
  for (const form of forms) {
    if (form.kind === 'block') visit(natsBlock(form.block), inner => wrap(`{ ${inner} }`));
    else if (form.kind === 'list') visitForms(form.of, value => wrap(`[ ${value} ]`), option, visit);
    else if (form.kind === 'map') {
      visitForms(form.of, value => wrap(option.key === 'accounts' ? `{ K: ${value}, ${neighbour} }` : `{ K: ${value} }`), option, visit);
    }
  }
}

function beside(block: BlockFact, option: OptionFact): readonly string[] {
  return Object.entries(companions[block.name] ?? {}).flatMap(([key, value]) => (key === option.key ? [] : [`${key}: ${value}`]));
}

/** What the rest of the configuration must have for the block to be of use. */
function before(block: BlockFact, option: OptionFact): string {
  return block.name === 'mqtt' || option.key === 'mqtt' ? 'server_name: s\njetstream { store_dir: "/tmp/js" }\n' : '';
}

/** A random option with a random value. */
export function generate(random: Random, among: readonly Site[]): string {
  return random.pick(among).wrap(random.pick(values));
}

/** A text with one to three changes such as people make: things moved, doubled, renamed, retyped, cut off. */
export function mutate(text: string, random: Random, among: readonly Site[]): string {
  let changed = text;
  for (let changes = 1 + random.below(3); changes > 0; changes--) changed = mutateOnce(changed, random, among);
  return changed;
}

function mutateOnce(text: string, random: Random, among: readonly Site[]): string {
  const { tree } = parseNatsConf(text, { version: newest });
  const pairs = pairsIn(tree);
  const maps = [tree, ...pairs.flatMap(({ value }) => (value.kind === 'map' ? [value] : []))];
  const pair = random.pick(pairs);
  // Nothing but comments: there is nothing to change but the text itself.
  if (!pair) return changeText(text, random);
  const source = text.slice(pair.span.start, pair.span.end);
  switch (random.below(12)) {
    case 0:
      return splice(text, pair.span.start, pair.span.end, '');
    case 1:
      return insertInto(text, random.pick(maps), source);
    case 2:
      return swap(text, pair, random.pick(pairs));
    case 3:
      return replaceKey(text, pair, random.pick(pairs).key);
    case 4:
      return replaceKey(text, pair, random.pick(among).option.key);
    case 5:
      return replaceKey(text, pair, respelled(pair.key, random, among));
    case 6:
      return replaceValue(text, pair.value, random.pick(values));
    case 7:
      return replaceValue(text, pair.value, retyped(text.slice(pair.value.span.start, pair.value.span.end), pair.value, random));
    case 8: {
      const { option } = random.pick(among);
      return insertInto(text, random.pick(maps), `${option.key}: ${random.pick(values)}`);
    }
    case 9: {
      const other = random.pick(pairs).value.span;
      return replaceValue(text, pair.value, text.slice(other.start, other.end));
    }
    case 10:
      return insertInto(splice(text, pair.span.start, pair.span.end, ''), undefined, source);
    default:
      return changeText(text, random);
  }
}

function pairsIn(map: MapNode): KeyValue[] {
  const found: KeyValue[] = [];
  const visit = (value: ValueNode) => {
    if (value.kind === 'array') value.items.forEach(visit);
    if (value.kind !== 'map') return;
    for (const entry of value.statements) {
      if (entry.kind !== 'pair') continue;
      found.push(entry);
      visit(entry.value);
    }
  };
  visit(map);
  return found;
}

function splice(text: string, start: number, end: number, put: string): string {
  return text.slice(0, start) + put + text.slice(end);
}

/** At the top of a map; of the whole file where none is given. */
function insertInto(text: string, map: MapNode | undefined, line: string): string {
  const at = map?.open ? map.open.end : 0;
  return splice(text, at, at, `${map?.open ? '\n' : ''}${line}\n`);
}

function replaceKey(text: string, pair: KeyValue, key: string): string {
  return splice(text, pair.keySpan.start, pair.keySpan.end, key);
}

function replaceValue(text: string, value: ValueNode, put: string): string {
  return splice(text, value.span.start, value.span.end, put);
}

function swap(text: string, a: KeyValue, b: KeyValue): string {
  const [first, second] = a.span.start < b.span.start ? [a, b] : [b, a];
  if (first.value.span.end > second.span.start) return replaceValue(text, second.value, '1');
  const cut = ({ value: { span } }: KeyValue) => text.slice(span.start, span.end);
  return replaceValue(replaceValue(text, second.value, cut(first)), first.value, cut(second));
}

/** The same key with a slip, in another case, or by another of its names. */
function respelled(key: string, random: Random, among: readonly Site[]): string {
  const at = random.below(key.length || 1);
  const aliases = among.find(({ option }) => option.key === key || option.aliases.includes(key))?.option;
  const names = aliases ? [aliases.key, ...aliases.aliases] : [key];
  return random.pick([key.slice(0, at) + key.slice(at + 1), key.toUpperCase(), random.pick(names), key.replaceAll('_', '-'), `${key}s`]);
}

/** The same value as another type: quoted, bare, in a list, out of it, with a unit. */
function retyped(source: string, value: ValueNode, random: Random): string {
  const bare = value.kind === 'string' ? source.replace(/^["']|["']$/g, '') : source;
  const first = value.kind === 'array' ? value.items[0] : undefined;
  const inner = first ? source.slice(first.span.start - value.span.start, first.span.end - value.span.start) : bare;
  return random.pick([`"${bare}"`, bare, `[ ${source} ]`, inner, `{ x: ${source} }`, `${bare}s`, `${bare}MB`, `-${bare}`, `${bare}.5`]);
}

const atoms: readonly string[] = ['{', '}', '[', ']', '"', "'", ',', ';', ':', '=', '#', '//', '(', ')', '$', '\\', '\n', '/', ' '];

function changeText(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  switch (random.below(4)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return splice(text, at, at + 1, '');
    case 2:
      return splice(text, at, at, random.pick(atoms));
    default:
      return splice(text, at, at + 1, random.pick(atoms));
  }
}
