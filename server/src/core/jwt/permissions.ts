// Permissions wherever products put them: a list, a text separated by spaces, a namespaced claim, roles inside of objects.
import { type PermissionFormat, permissionFormat } from '../facts/jwt-permissions.ts';
import { isObject, type JsonObject, type JsonValue } from '../text/json.ts';

export interface PermissionClaim {
  readonly claim: string;
  readonly format: PermissionFormat;
  readonly value: JsonValue;
  /** Single permissions, as far as they can be read. */
  readonly names: readonly string[];
}

/** Every claim that carries permissions, in the order of the payload. */
export function permissionClaims(claims: JsonObject | undefined): readonly PermissionClaim[] {
  return Object.entries(claims ?? {}).flatMap(([claim, value]) => {
    const format = permissionFormat(claim);
    return format ? [{ claim, format, value, names: namesIn(value) }] : [];
  });
}

function namesIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return value.split(/[\s,]+/).filter(Boolean);
  if (Array.isArray(value)) return value.filter((item): item is string => typeof item === 'string');
  if (!isObject(value)) return [];
  return Object.values(value).flatMap(inner => (isObject(inner) || Array.isArray(inner) ? namesIn(inner) : []));
}

/** Why a product would not read the permissions as they are written; undefined where it would. No value is quoted. */
export function shapeProblem({ claim, format, value, names }: PermissionClaim): string | undefined {
  if (format.shape === 'list' && typeof value === 'string' && format.claim === 'permissions') {
    return `\`${claim}\` is one text where a list is meant, so a gateway reads it as one permission or none`;
  }
  if (format.shape !== 'spaces') return undefined;
  if (Array.isArray(value))
    return `\`${claim}\` is a list where a text with spaces is meant (RFC 8693 §4.2), so some verifiers read no permission`;
  if (typeof value === 'string' && value.includes(',') && !/\s/.test(value.trim()) && names.length > 1) {
    return `\`${claim}\` is separated by commas where spaces are meant (RFC 6749 §3.3), so it is read as one permission`;
  }
  return undefined;
}

/** Scopes of OpenID Connect ask for claims, not for permissions. */
const identityScopes: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'address', 'phone', 'offline_access']);

/** Two claims that list permissions and have none in common. Roles and groups are another thing than permissions. */
export function disagreement(found: readonly PermissionClaim[]): readonly [string, string] | undefined {
  const lists = found
    .filter(({ format }) => format.words.includes('permissions'))
    .map(({ claim, names }) => ({ claim, names: names.filter(name => !identityScopes.has(name)) }))
    .filter(({ names }) => names.length > 0);
  const [first, ...others] = lists;
  const other = others.find(({ names }) => !names.some(name => first?.names.includes(name)));
  return first && other ? [first.claim, other.claim] : undefined;
}
