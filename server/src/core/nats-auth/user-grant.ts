// What a user with a JWT may publish and subscribe to: by its own claims, by the template of the key that signed it, or by the default of
// its account (nats-server server/auth.go, processUserPermissionsTemplate; server/accounts.go, buildInternalNkeyUser).
import type { Release } from '../facts/nats-release.ts';
import type { UserPermissionLimits } from './claims.ts';
import { defaultResponses, readEntry, type SubjectPermission, type UserPermissions } from './permission.ts';
import { fillInList, type TemplateParties } from './permission-template.ts';

export interface UserGrant {
  /** Undefined: it may do everything. */
  readonly permissions: UserPermissions | undefined;
  /** Whose permissions these are; `template`: those of the signing key. */
  readonly source: 'own' | 'template' | 'default' | 'none';
}

/** Whether a signing key of the account gives the permissions, so that those of the user itself do not count. */
function templateOf({ user, account }: TemplateParties): UserPermissionLimits | undefined {
  const issuer = user.standard.iss ?? '';
  if (issuer === account.standard.sub) return undefined;
  const scope = account.nats.signing_keys?.get(issuer);
  return scope ? (scope.template ?? {}) : undefined;
}

/** For a user that the server lets in: `judgeUser` says whether it does. */
export function grantOf(parties: TemplateParties, version: Release): UserGrant {
  const template = templateOf(parties);
  const own = permissionsIn(template ? filledIn(template, parties, version) : parties.user.nats);
  if (own) return { permissions: own, source: template ? 'template' : 'own' };
  const byDefault = permissionsIn(parties.account.nats.default_permissions ?? {});
  return byDefault ? { permissions: byDefault, source: 'default' } : { permissions: undefined, source: 'none' };
}

type Permissions = { readonly [Field in 'pub' | 'sub' | 'resp']?: UserPermissionLimits[Field] | undefined };

/** Undefined where the claims limit nothing. */
export function permissionsIn({ pub, sub, resp }: Permissions): UserPermissions | undefined {
  const isClosed = pub?.allow?.length === 0 && (pub.deny ?? []).length > 0;
  // Beside denied subjects, the server takes an empty list of what may be published to at its word.
  const publish = listsIn(isClosed ? { deny: [...(pub.deny ?? []), '>'] } : pub);
  const subscribe = listsIn(sub);
  if (!publish && !subscribe && !resp) return undefined;
  // Zero stands for the default too.
  const responses = resp && { max: resp.max || defaultResponses.max, expires: resp.ttl || defaultResponses.expires };
  return { publish, subscribe, responses };
}

function listsIn(permission: Permissions['pub']): SubjectPermission | undefined {
  const [allow, deny] = [(permission?.allow ?? []).map(readEntry), (permission?.deny ?? []).map(readEntry)];
  return allow.length + deny.length > 0 ? { allow, deny } : undefined;
}

function filledIn({ pub, sub, resp }: Permissions, parties: TemplateParties, version: Release): Permissions {
  const fill = (permission: Permissions['pub']): Permissions['pub'] => {
    const [allow, deny] = (['allow', 'deny'] as const).map(list => {
      return permission?.[list] && fillInList(permission[list], list, parties, version).subjects;
    });
    // A list of which nothing is left does not open what it was to limit.
    const isClosed = (permission?.allow?.length ?? 0) > 0 && allow?.length === 0;
    return { ...(allow ? { allow } : {}), deny: [...(deny ?? []), ...(isClosed ? ['>'] : [])] };
  };
  return { pub: fill(pub), sub: fill(sub), resp };
}
