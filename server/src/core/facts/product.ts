// Who we are: version and address, generated from package.json.
import product from './product.json';

export const productVersion: string = product.version;

export const productHomepage: string = product.homepage;

/** Address of a rule's page, for readers outside of the editor. */
export function pageUrl(path: string): string {
  return `${product.homepage}/blob/v${product.version}/${path}`;
}
