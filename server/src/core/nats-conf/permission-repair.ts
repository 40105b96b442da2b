// Lists of `{ allow: … }` are how many pages write permissions; nats-server wants one block with lists in it.
import { quoted } from './source-edits.ts';
import { stringsIn } from './strings.ts';
import type { EvaluatedValue } from './values.ts';

/** `[ { allow: "a" }, "b", { deny: "c" } ]` as `{ allow: [ "a", "b" ], deny: [ "c" ] }`; undefined for any other shape. */
export function reshapedPermission(value: EvaluatedValue): string | undefined {
  if (value.kind !== 'array' || value.via || !value.items.some(item => item.kind === 'map')) return undefined;
  const lists = new Map<string, string[]>([
    ['allow', []],
    ['deny', []],
  ]);
  for (const item of value.items) {
    if (item.kind === 'string') lists.get('allow')?.push(item.value);
    else if (item.kind !== 'map') return undefined;
    else {
      for (const entry of item.entries.values()) {
        const list = lists.get(entry.key.toLowerCase());
        const subjects = [...stringsIn(entry.value)].map(one => one.value);
        if (!list || (entry.value.kind === 'array' ? entry.value.items.length : 1) !== subjects.length) return undefined;
        list.push(...subjects);
      }
    }
  }
  const given = [...lists].filter(([, subjects]) => subjects.length > 0);
  return `{ ${given.map(([key, subjects]) => `${key}: [ ${subjects.map(quoted).join(', ')} ]`).join(', ')} }`;
}
