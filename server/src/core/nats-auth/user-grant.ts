// What a user with a JWT may publish and subscribe to: by its own claims, by the template of the key that signed it, or by the default of
// its account (nats-server server/auth.go, processUserPermissionsTemplate; server/accounts.go, buildInternalNkeyUser).
import type { AccountClaims, UserClaims, UserPermissionLimits } from './claims.ts';
import { defaultResponses, readEntry, type SubjectPermission, type UserPermissions } from './permission.ts';
import { isValidSubject } from './subject.ts';

export interface UserGrant {
  /** Undefined: it may do everything. */
  readonly permissions: UserPermissions | undefined;
  /** Whose permissions these are; `template`: those of the signing key. */
  readonly source: 'own' | 'template' | 'default' | 'none';
}

/** Whether a signing key of the account gives the permissions, so that those of the user itself do not count. */
function templateOf(user: UserClaims, account: AccountClaims): UserPermissionLimits | undefined {
  const issuer = user.standard.iss ?? '';
  if (issuer === account.standard.sub) return undefined;
  const scope = account.nats.signing_keys?.get(issuer);
  return scope ? (scope.template ?? {}) : undefined;
}

/** For a user that the server lets in: `judgeUser` says whether it does. */
export function grantOf(user: UserClaims, account: AccountClaims): UserGrant {
  const template = templateOf(user, account);
  const own = permissionsIn(template ? filledIn(template, user, account) : user.nats);
  if (own) return { permissions: own, source: template ? 'template' : 'own' };
  const byDefault = permissionsIn(account.nats.default_permissions ?? {});
  return byDefault ? { permissions: byDefault, source: 'default' } : { permissions: undefined, source: 'none' };
}

type Permissions = { readonly [Field in 'pub' | 'sub' | 'resp']?: UserPermissionLimits[Field] | undefined };

/** Undefined where the claims limit nothing. */
export function permissionsIn({ pub, sub, resp }: Permissions): UserPermissions | undefined {
  const [publish, subscribe] = [listsIn(pub), listsIn(sub)];
  if (!publish && !subscribe && !resp) return undefined;
  // Zero stands for the default too.
  const responses = resp && { max: resp.max || defaultResponses.max, expires: resp.ttl || defaultResponses.expires };
  return { publish, subscribe, responses };
}

function listsIn(permission: Permissions['pub']): SubjectPermission | undefined {
  const [allow, deny] = [(permission?.allow ?? []).map(readEntry), (permission?.deny ?? []).map(readEntry)];
  return allow.length + deny.length > 0 ? { allow, deny } : undefined;
}

function filledIn({ pub, sub, resp }: Permissions, user: UserClaims, account: AccountClaims): Permissions {
  const fill = (permission: Permissions['pub']): Permissions['pub'] => {
    const [allow, deny] = [permission?.allow ?? [], permission?.deny ?? []].map(list => fillInList(list, user, account));
    // A list of which nothing is left does not open what it was to limit.
    const isClosed = (permission?.allow?.length ?? 0) > 0 && allow?.length === 0;
    return { allow: allow ?? [], deny: [...(deny ?? []), ...(isClosed ? ['>'] : [])] };
  };
  return { pub: fill(pub), sub: fill(sub), resp };
}

const operation = /\{\{([^}]+)\}\}/g;

/** Subjects that come out invalid, for instance for want of a tag, are left out: the server refuses users of whom a denied one would be. */
function fillInList(subjects: readonly string[], user: UserClaims, account: AccountClaims): readonly string[] {
  if (!subjects.some(subject => subject.includes('{{'))) return subjects;
  return subjects.flatMap(subject => {
    let filled: readonly string[] = [subject];
    for (const [written, name = ''] of subject.matchAll(operation)) {
      const values = valuesOf(name.trim(), user, account);
      filled = filled.flatMap(text => values.map(value => text.replaceAll(written, () => value)));
    }
    return filled.filter(isValidSubject);
  });
}

/** What an operation of a template stands for: several tags may bear one name. */
function valuesOf(name: string, user: UserClaims, account: AccountClaims): readonly string[] {
  const [, source, tag = ''] = /^(tag|account-tag)\((.*)\)$/i.exec(name) ?? [];
  if (source) {
    const start = `${tag.toLowerCase()}:`;
    const tags = (source.toLowerCase() === 'tag' ? user : account).nats.tags ?? [];
    return tags.flatMap(each => (each.startsWith(start) ? [each.slice(start.length)] : []));
  }
  switch (name.toLowerCase()) {
    case 'name()':
      return [user.standard.name ?? ''];
    case 'subject()':
      return [user.standard.sub ?? ''];
    case 'account-name()':
      return [account.standard.name ?? ''];
    case 'account-subject()':
      return [user.nats.issuer_account ?? ''];
    default:
      return [];
  }
}
