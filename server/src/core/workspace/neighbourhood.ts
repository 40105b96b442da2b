// Files in a folder, in those below it and in those around it, found without a look at all others.
import { directoryOf, type FileId, foldersFrom } from '../text/file-id.ts';
import { grouped } from '../text/group.ts';

export class Neighbourhood<Item extends { readonly file: FileId }> {
  readonly #here: ReadonlyMap<FileId, readonly Item[]>;
  readonly #within: ReadonlyMap<FileId, readonly { readonly item: Item }[]>;

  constructor(items: readonly Item[]) {
    const placed = items.flatMap(item => foldersFrom(directoryOf(item.file)).map(folder => ({ item, folder })));
    this.#here = grouped(items, ({ file }) => directoryOf(file));
    this.#within = grouped(placed, ({ folder }) => folder);
  }

  /** In no order. */
  *of(folder: FileId): Generator<Item> {
    for (const { item } of this.#within.get(folder) ?? []) yield item;
    for (const around of foldersFrom(folder).slice(1)) yield* this.#here.get(around) ?? [];
  }
}
