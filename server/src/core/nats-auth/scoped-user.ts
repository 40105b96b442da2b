// Users that are signed by a scoped signing key: their permissions come from a template in the account, and from nowhere else.
import type { AccountClaims, UserClaims, UserPermissionLimits, UserScope } from './claims.ts';
import type { BrokenLink } from './trust.ts';

/** Fields of a user that the template replaces, so that they must not be there. */
const replaced = [
  'pub',
  'sub',
  'resp',
  'src',
  'times',
  'times_location',
  'subs',
  'data',
  'payload',
  'bearer_token',
  'proxy_required',
  'allowed_connection_types',
] as const satisfies readonly (keyof UserPermissionLimits)[];

const operation = /\{\{([^}]+)\}\}/g;
const valueOperation = /^(?:name|subject|account-name|account-subject)\(\)$/i;
const tagOperation = /^(account-tag|tag)\((.*)\)$/i;

/** What a server holds against a user whose issuer has a template (nats-server server/auth.go, processUserPermissionsTemplate). */
export function* judgeScopedUser(user: UserClaims, account: AccountClaims, scope: UserScope): Generator<BrokenLink> {
  const given = replaced.filter(name => !isZero(user.nats[name], name === 'resp'));
  if (given.length > 0) {
    yield {
      kind: 'scope',
      why: `The user is signed by a key with a role, whose template gives the permissions, and brings its own (${given.map(name => `\`${name}\``).join(', ')})`,
      advice: 'Issue the user without permissions and limits, as nsc does for such a key',
    };
  }
  for (const side of ['pub', 'sub'] as const) {
    for (const list of ['allow', 'deny'] as const) {
      for (const subject of scope.template?.[side]?.[list] ?? []) yield* judgeTemplate(subject, list, user, account);
    }
  }
}

/** Go compares with an empty structure: an empty list is something, and so is a pointer to nothing. */
function isZero(value: unknown, isPointer = false): boolean {
  if (value === undefined || value === 0 || value === false || value === '') return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isPointer) return false;
  return Object.values(value).every(each => isZero(each));
}

function* judgeTemplate(subject: string, list: 'allow' | 'deny', user: UserClaims, account: AccountClaims): Generator<BrokenLink> {
  for (const [, written = ''] of subject.matchAll(operation)) {
    const name = written.trim();
    const [, source, tag = ''] = tagOperation.exec(name) ?? [];
    if (source === undefined) {
      if (valueOperation.test(name)) continue;
      yield {
        kind: 'scope',
        why: 'The template of the key that signed this user holds an operation in `{{…}}` that does not exist',
        advice: 'Use `name()`, `subject()`, `account-name()`, `account-subject()`, `tag(…)` or `account-tag(…)`',
      };
      continue;
    }
    const tags = (source.toLowerCase() === 'tag' ? user : account).nats.tags ?? [];
    // Without the tag, an allowed subject is dropped, and a denied one refuses the user.
    if (list === 'allow' || tags.some(each => each.startsWith(`${tag.toLowerCase()}:`))) continue;
    yield {
      kind: 'scope',
      why: `The template of the key that signed this user denies a subject by a tag that the ${source.toLowerCase() === 'tag' ? 'user' : 'account'} does not have`,
      advice: 'Add the tag, or issue the user for another role',
    };
  }
}
