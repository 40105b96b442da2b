// The outline of a NATS configuration: its keys, and the elements of its lists under the name that tells them apart. Never a value that may be secret.
import type { OutlineEntry } from '../language.ts';
import type { Span } from '../text/span.ts';
import type { Entry, MapNode, ParsedConf, ValueNode } from './tree.ts';

/** Keys that name an element of a list. None of them holds a secret. */
const namingKeys = ['user', 'username', 'nkey', 'name', 'account', 'stream', 'service', 'destination', 'dest'];

export function symbolsOf(parsed: ParsedConf): readonly OutlineEntry[] {
  return parsed.tree.statements.flatMap(symbolOf);
}

function symbolOf(entry: Entry): OutlineEntry[] {
  if (entry.kind === 'include') {
    return [{ name: `include ${entry.path}`, kind: 'include', span: entry.span, nameSpan: entry.pathSpan, children: [] }];
  }
  const { key, keySpan, value, span, garbled } = entry;
  if (garbled) return [];
  const kind = value.kind === 'map' ? 'block' : value.kind === 'array' ? 'list' : 'value';
  // An editor does not take an empty name.
  return [{ name: key === '' ? '""' : key, kind, span, nameSpan: keySpan, children: childrenOf(value) }];
}

function childrenOf(value: ValueNode): readonly OutlineEntry[] {
  if (value.kind === 'map') return value.statements.flatMap(symbolOf);
  if (value.kind !== 'array') return [];
  return value.items.flatMap((item, index) => (item.kind === 'map' ? [elementOf(item, index)] : []));
}

function elementOf(map: MapNode, index: number): OutlineEntry {
  const naming = namingEntry(map);
  return {
    name: naming?.name ?? `${index + 1}`,
    kind: 'block',
    span: map.span,
    nameSpan: naming?.span ?? map.open ?? map.span,
    children: map.statements.flatMap(symbolOf),
  };
}

function namingEntry({ statements: entries }: MapNode): { readonly name: string; readonly span: Span } | undefined {
  for (const key of namingKeys) {
    for (const entry of entries) {
      if (entry.kind !== 'pair' || entry.key.toLowerCase() !== key || entry.value.kind !== 'string') continue;
      const { value, span } = entry.value;
      // A seed where a public key belongs is a secret all the same.
      if (value.trim() !== '' && !/^S[ACNOUX]/.test(value)) return { name: value, span };
    }
  }
  return undefined;
}
