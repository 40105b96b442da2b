// Permissions and answers about them in words, the same ones on the command line and in the editor.
import type { SubjectPermission, UserPermissions } from '../nats-auth/permission.ts';
import type { PermissionAnswer, PermissionQuestion } from './permission-answer.ts';

/** "`alice` may not publish to `orders.new`." */
export function verdictInWords(user: string, question: PermissionQuestion, { allowed }: Pick<PermissionAnswer, 'allowed'>): string {
  const verb = question.action === 'publish' ? 'publish' : 'subscribe';
  const group = question.action === 'subscribe' && question.queue ? ` in the queue group \`${question.queue}\`` : '';
  return `\`${user}\` may ${allowed ? '' : 'not '}${verb} to \`${question.subject}\`${group}.`;
}

/** Why, in one sentence about the place that decides. */
export function decisionInWords({ allowed, decidedBy: { list, pattern } }: PermissionAnswer): string {
  const of = list === 'default' ? ' of the default permissions' : '';
  if (pattern !== null) return `${allowed ? 'Allowed' : 'Denied'} by \`${pattern}\`${of}.`;
  switch (list) {
    case 'allow':
      return 'No pattern that is allowed matches it.';
    case 'deny':
      return allowed ? 'Nothing else is denied than what these patterns match.' : 'A limit of the server stands against it.';
    case 'default':
      return allowed ? 'The default permissions do not deny it.' : 'No pattern that the default permissions allow matches it.';
    case 'allow_responses':
      return 'With `allow_responses` and no list of allowed subjects, only replies may be published.';
    case 'absent':
      return allowed ? 'Nothing limits it.' : 'The server keeps it for itself.';
  }
}

/** What a user may publish, replies included; `inWords` says what a list lets through. */
export function publishingInWords(
  { publish, responses }: UserPermissions,
  inWords: (list: SubjectPermission | undefined) => string,
): string {
  if (!responses) return inWords(publish);
  return publish && publish.allow.length > 0 ? `${inWords(publish)} and replies` : 'replies only';
}
