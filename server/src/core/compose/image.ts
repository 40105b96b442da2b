// What the `image:` of a service says: which product it is, and in which version.
import { productImages } from '../facts/compose-dialects.ts';
import type { Service } from './project.ts';

export interface Image {
  /** Without tag and digest. */
  readonly repository: string;
  /** Empty where there is none. */
  readonly tag: string;
}

/** Undefined for a service that is built, and where a variable that nobody sets leaves a part of it open. */
export function imageOf(service: Service): Image | undefined {
  const text = service.definition.texts.get('image');
  if (!text || text.uses.some(({ state, gave }) => state === 'unset' && gave !== 'operand')) return undefined;
  const [reference = ''] = text.text.split('@');
  const colon = reference.lastIndexOf(':');
  if (colon <= reference.lastIndexOf('/')) return { repository: reference, tag: '' };
  return { repository: reference.slice(0, colon), tag: reference.slice(colon + 1) };
}

/** Whether an image is one of these, from whatever registry. A name without a folder is one of Docker's own. */
export function isImage({ repository }: Image, names: readonly string[]): boolean {
  return names.some(name => {
    if (repository === name) return true;
    return name.includes('/')
      ? repository.endsWith(`/${name}`)
      : /^(?:docker\.io\/)?library\//.test(repository) && repository.endsWith(`/${name}`);
  });
}

/**
 * Whether an image is of a version or a later one. `newest` where the tag names no version; undefined for one before a release, and for one
 * that stays as it was.
 */
export function isAtLeast({ tag }: Image, version: string): boolean | 'newest' | undefined {
  if (/alpha|beta|-rc|\.rc|snapshot|legacy/i.test(tag)) return undefined;
  const own = numbersOf(tag);
  if (own.length === 0) return 'newest';
  const wanted = numbersOf(version);
  for (const [i, number] of wanted.entries()) {
    const difference = (own[i] ?? Number.POSITIVE_INFINITY) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function numbersOf(version: string): readonly number[] {
  const match = /^(?:v|RELEASE\.)?(\d+(?:[.-]\d+)*)/.exec(version);
  return match ? (match[1] as string).split(/[.-]/).map(Number) : [];
}

/** Products that the image of a service may be. */
export function productsOf(service: Service): readonly string[] {
  const image = service.definition.texts.get('image')?.text;
  return image ? productImages.filter(product => image.includes(product.image)).map(({ name }) => name) : [];
}
