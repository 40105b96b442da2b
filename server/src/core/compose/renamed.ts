// Names of variables that a product has renamed or no longer reads, in the version that a service runs.
import { type RenamedFact, renamedFacts } from '../facts/compose-dialects.ts';
import { type Image, imageOf, isAtLeast, isImage } from './image.ts';
import type { Service } from './project.ts';

/** What is known of a name in this very image and version. */
export function renamingOf(name: string, image: Image): RenamedFact | undefined {
  const fact = renamedFacts.get(name);
  if (!fact || !isImage(image, fact.images)) return undefined;
  return fact.since === undefined || isAtLeast(image, fact.since) ? fact : undefined;
}

/** The name that counts in this image; undefined where there is none. A name may have changed more than once. */
export function currentName(fact: RenamedFact, image: Image): string | undefined {
  const next = fact.new === undefined ? undefined : renamingOf(fact.new, image);
  return next ? currentName(next, image) : fact.new;
}

/** The image whose program reads the variables of a service; undefined where the service starts another one in it. */
export function readingImageOf(service: Service): Image | undefined {
  return service.definition.keys.has('entrypoint') ? undefined : imageOf(service);
}

/** Whether the product of a service surely passes over a variable, so that its value does not matter. */
export function isPassedOver(name: string, service: Service): boolean {
  const image = readingImageOf(service);
  const fact = image && renamingOf(name, image);
  return fact !== undefined && fact.stillRead !== true;
}
