// Claims in which products put permissions, and the shape each product reads.
import table from './jwt-permissions.json';

export interface PermissionFormat {
  readonly claim: string;
  readonly shape: 'list' | 'spaces' | 'either' | 'object';
  /** What the claim holds, for a person. */
  readonly words: string;
  readonly who: string;
}

const formats: ReadonlyMap<string, PermissionFormat> = new Map((table.formats as PermissionFormat[]).map(row => [row.claim, row]));

/** The format that a claim of this name has, `https://…/permissions` included; undefined where it holds no permissions. */
export function permissionFormat(claim: string): PermissionFormat | undefined {
  const known = formats.get(claim);
  if (known || !/^(https?:\/\/|urn:)/.test(claim)) return known;
  const ending = claim.slice(claim.search(/[^/:]*$/)).toLowerCase();
  return table.namespacedEndings.includes(ending)
    ? { claim, shape: 'either', words: 'permissions', who: 'Auth0, custom claim' }
    : undefined;
}
