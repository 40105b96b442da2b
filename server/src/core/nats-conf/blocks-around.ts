// What a place is in: blocks and a list, found by going down from the whole, so that nobody looks through everything.
import { touches } from '../text/span.ts';
import type { Block } from './blocks.ts';
import type { Standpoint } from './standpoint.ts';
import { stringsIn } from './strings.ts';

/** The blocks around an offset of the standpoint's file, inner before outer, without the whole configuration. */
export function blocksAround({ own, whole }: Standpoint, offset: number): readonly Block[] {
  const found: Block[] = [];
  const isWhole = own.file === whole.file;
  const visit = ({ settings }: Block): void => {
    for (const { blocks } of settings) {
      for (const block of blocks) {
        const isOwn = block.map.at.file === own.file;
        const isAround = isOwn && touches(block.map.node.span, offset);
        if (isAround) found.unshift(block);
        // The file may be included in a block of another one.
        if (isAround || (!isOwn && !isWhole)) visit(block);
      }
    }
  };
  visit(whole.root);
  return found;
}

/** The other strings of the list around an offset of the standpoint's file; none outside of lists. */
export function listAround(here: Standpoint, offset: number): readonly string[] {
  const { settings } = blocksAround(here, offset)[0] ?? here.whole.root;
  const list = settings.find(({ value: { kind, at } }) => kind === 'array' && at.file === here.own.file && touches(at.span, offset));
  return list ? stringsIn(list.value).flatMap(({ value, at }) => (touches(at.span, offset) ? [] : value)) : [];
}
