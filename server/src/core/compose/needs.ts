// What a service refers to by name: networks, volumes, secrets, configs, models and other services, which Compose demands to be there.
import { unlessEmpty } from '../text/nothing.ts';
import type { Place } from '../text/place.ts';
import type { Span } from '../text/span.ts';
import { spanWithin } from './model.ts';
import type { ReadContext } from './service.ts';
import { type Field, fieldOf, fieldsOf, type Item, type Node, type Scalar } from './yaml-tree.ts';

/** Sections of a file that services refer to. */
export type Section = 'services' | 'networks' | 'volumes' | 'secrets' | 'configs' | 'models';

/** How a namespace of another service is written. */
const shared = 'service:';

export interface Need {
  readonly section: Section;
  readonly name: string;
  /** The key of the service that it stands under. */
  readonly key: string;
  readonly place: Place;
}

/**
 * Needs of a service by what Compose tells them apart by when it merges two definitions: the name, or the place in the container that
 * something is mounted at. A name with a variable in it is left out.
 */
export function readNeeds(fields: ReadonlyMap<string, Field>, context: ReadContext): ReadonlyMap<string, Need> {
  const needs = new Map<string, Need>();
  const add = (section: Section, key: string, name: string, span: Span, identity = name) => {
    if (name !== '' && !name.includes('$')) needs.set(`${key} ${identity}`, { section, name, key, place: { file: context.file, span } });
  };
  for (const [key, section] of [
    ['depends_on', 'services'],
    ['networks', 'networks'],
    ['models', 'models'],
  ] as const) {
    for (const { text, span } of namesIn(fields.get(key)?.value)) add(section, key, text, span);
  }
  for (const { text, span } of namesIn(fields.get('links')?.value)) {
    const parts = text.split(':');
    add('services', 'links', parts.length === 2 ? (parts[0] as string) : text, span);
  }
  for (const { text, span } of namesIn(fields.get('volumes_from')?.value)) {
    if (!text.startsWith('container:')) add('services', 'volumes_from', text.split(':')[0] as string, span);
  }
  for (const key of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const value = fields.get(key)?.value;
    if (value?.kind !== 'scalar' || !value.text.startsWith(shared)) continue;
    const place = spanWithin(value, { start: shared.length, end: value.text.length });
    add('services', key, value.text.slice(shared.length), place, '');
  }
  for (const item of itemsOf(fields.get('volumes')?.value)) {
    const mount = volumeOf(item.value);
    if (mount) add('volumes', 'volumes', mount.name, item.alias ?? mount.span, mount.target);
  }
  for (const section of ['secrets', 'configs'] as const) {
    for (const { value, alias } of itemsOf(fields.get(section)?.value)) {
      const source = value.kind === 'scalar' ? value : scalarOf(value, 'source');
      if (source) add(section, section, source.text, alias ?? source.span, scalarOf(value, 'target')?.text ?? `/${source.text}`);
    }
  }
  for (const { value, alias } of itemsOf(fieldOf(fields.get('build')?.value, 'secrets')?.value)) {
    const source = value.kind === 'scalar' ? value : scalarOf(value, 'source');
    if (source) add('secrets', 'build', source.text, alias ?? source.span);
  }
  return unlessEmpty(needs);
}

/** Names in a list, or the keys of a map. */
function namesIn(node: Node | undefined): readonly { readonly text: string; readonly span: Span }[] {
  if (node?.kind === 'mapping') return [...fieldsOf(node).values()].map(({ key, keySpan }) => ({ text: key, span: keySpan }));
  return itemsOf(node).flatMap(({ value, alias }) => (value.kind === 'scalar' ? [{ text: value.text, span: alias ?? value.span }] : []));
}

function itemsOf(node: Node | undefined): readonly Item[] {
  return node?.kind === 'sequence' ? node.items.filter(({ value }) => value.tag !== '!reset') : [];
}

function scalarOf(node: Node, key: string): Scalar | undefined {
  const value = fieldOf(node, key)?.value;
  return value?.kind === 'scalar' ? value : undefined;
}

/** The named volume of a mount, if it is one. A single letter is a Windows drive. */
function volumeOf(node: Node): { readonly name: string; readonly target: string; readonly span: Span } | undefined {
  if (node.kind === 'scalar') {
    const [, name, target] = /^([A-Za-z0-9][\w.-]+):([^:]+)/.exec(node.text) ?? [];
    return name === undefined || target === undefined
      ? undefined
      : { name, target, span: spanWithin(node, { start: 0, end: name.length }) };
  }
  const source = scalarOf(node, 'source');
  if (!source || scalarOf(node, 'type')?.text !== 'volume') return undefined;
  return { name: source.text, target: scalarOf(node, 'target')?.text ?? '', span: source.span };
}
