// Users that are signed by a scoped signing key: their permissions come from a template in the account, and from nowhere else.
import type { Release } from '../facts/nats-release.ts';
import type { UserPermissionLimits, UserScope } from './claims.ts';
import { fillInList, type TemplateParties, type TemplateProblem } from './permission-template.ts';
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

/** What a server holds against a user whose issuer has a template (nats-server server/auth.go, processUserPermissionsTemplate). */
export function* judgeScopedUser({ user, account }: TemplateParties, scope: UserScope, version: Release): Generator<BrokenLink> {
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
      const { problem } = fillInList(scope.template?.[side]?.[list] ?? [], list, { user, account }, version);
      if (!problem) continue;
      const [why, advice] = templateProblems[problem];
      yield { kind: 'scope', why, advice };
    }
  }
}

/** Go compares with an empty structure: an empty list is something, and so is a pointer to nothing. */
function isZero(value: unknown, isPointer = false): boolean {
  if (value === undefined || value === 0 || value === false || value === '') return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isPointer) return false;
  return Object.values(value).every(each => isZero(each));
}

const templateProblems: Readonly<Record<TemplateProblem, readonly [why: string, advice: string]>> = {
  operation: [
    'The template of the key that signed this user holds an operation in `{{…}}` that does not exist',
    'Use `name()`, `subject()`, `account-name()`, `account-subject()`, `tag(…)` or `account-tag(…)`',
  ],
  tag: [
    'The template of the key that signed this user denies a subject by a tag that the user or its account does not have',
    'Add the tag, or issue the user for another role',
  ],
  subject: [
    'The template of the key that signed this user denies something that is no subject when it is filled in',
    'Leave queue groups out of the list, and use names and tags without dots at the ends, spaces and wildcards',
  ],
  expansions: [
    'The template of the key that signed this user stands for more than 4096 subjects, because many tags bear one name',
    'Use fewer tags, or a wildcard',
  ],
  fatal: [
    'Of a subject in the template of the key that signed this user, one tag is there and another is not, and over that this version of nats-server comes to an end for everybody',
    'Add the tag that is missing, and update nats-server to 2.11 or later',
  ],
};
