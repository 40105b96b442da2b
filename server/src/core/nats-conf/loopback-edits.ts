// Takes a listener away from the network: what was reached from everywhere is reached from this machine only.
import type { Edit } from '../text/edit.ts';
import { splitHostPort } from './address.ts';
import { type Setting, settingOf } from './blocks.ts';

/**
 * Edits after which a listener that stands by its port, or by its address, is on 127.0.0.1. `key` is the name of the option that takes
 * an address. Undefined where the value comes from elsewhere, so that the text of the pair is not what decides.
 */
export function loopbackEdits({ entry, value, option, block }: Setting, key: string): readonly Edit[] | undefined {
  const host = option.key === key ? undefined : settingOf(block, 'host')?.value;
  if (host && key === 'listen') {
    return host.via ? undefined : [{ file: host.origin.file, span: host.origin.span, newText: '"127.0.0.1"' }];
  }
  if (value.via || (value.kind !== 'integer' && value.kind !== 'string')) return undefined;
  const port = value.kind === 'integer' ? String(value.value) : splitHostPort(value.value)?.port;
  const { keyAt, node } = entry;
  const { file } = value.origin;
  if (port === undefined || keyAt.file !== file) return undefined;
  const rename = option.key === key ? [] : [{ file, span: node.keySpan, newText: key }];
  return [...rename, { file, span: value.node.span, newText: `"127.0.0.1:${port}"` }];
}
