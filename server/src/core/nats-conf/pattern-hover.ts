// Over a pattern of permissions: what it matches, for whom it counts, what its neighbours take from it, and who else may do the same.
import type { BuildContext, Hover } from '../language.ts';
import { judgeSubscribe, publishShare } from '../nats-auth/permission.ts';
import { coversSubject, isValidSubject, subjectsOverlap, subtractSubject } from '../nats-auth/subject.ts';
import { touches } from '../text/span.ts';
import { blocksAround } from './blocks-around.ts';
import type { NatsConf } from './model.ts';
import { clientPermissions, type Direction, type Pattern, type Permissions, permissionsOf } from './permissions.ts';
import { type Standpoint, standpointOf } from './standpoint.ts';
import { type ConfUser, usersOf } from './user-access.ts';
import { subjectInWords } from './value-words.ts';

interface Found {
  readonly permissions: Permissions;
  readonly direction: Direction;
  readonly list: 'allow' | 'deny';
  readonly pattern: Pattern;
}

/** Undefined where no pattern of a client's permissions lies under the offset. */
export function patternHoverAt(own: NatsConf, offset: number, context: BuildContext): Hover | undefined {
  const here = standpointOf(own, context);
  const { whole } = here;
  const found = findPattern(here, offset);
  if (!found || !isValidSubject(found.pattern.subject)) return undefined;
  const paragraphs = [whatItDoes(found), forWhom(whole, found), ...neighbours(found), others(whole, found)];
  return { span: found.pattern.value.at.span, markdown: paragraphs.filter(text => text !== '').join('\n\n') };
}

function findPattern(here: Standpoint, offset: number): Found | undefined {
  const { file } = here.own;
  for (const permissions of permissionsNear(here, offset)) {
    for (const direction of permissions.directions) {
      for (const list of ['allow', 'deny'] as const) {
        const pattern = direction[list].find(({ value }) => value.at.file === file && touches(value.at.span, offset));
        if (pattern) return { permissions, direction, list, pattern };
      }
    }
  }
  return undefined;
}

/** All permissions that may have a pattern at an offset: what a variable or another file brings stands outside of its block. */
function permissionsNear(here: Standpoint, offset: number): readonly Permissions[] {
  const { own, whole } = here;
  if (own !== whole || whole.evaluation.variables.length > 0) return clientPermissions(whole);
  return blocksAround(here, offset).flatMap(block => (block.fact.name === 'permissions' ? (permissionsOf(block) ?? []) : []));
}

const verbs = { publish: 'publish to', subscribe: 'subscribe to' } as const;

function whatItDoes({ direction, list, pattern: { subject, queue } }: Found): string {
  const group = queue === undefined ? '' : `, in queue groups that match \`${queue}\``;
  return `${list === 'deny' ? 'May not' : 'May'} ${verbs[direction.name]} ${subjectInWords(subject)}${group}.`;
}

function forWhom(conf: NatsConf, { permissions }: Found): string {
  const holders = usersOf(conf).filter(({ granted }) => granted?.block === permissions.block);
  if (holders.length === 0) return 'Counts for nobody: no user has these permissions.';
  return `Counts for ${namesInWords(holders)}${holders[0]?.source === 'default' ? ', by default' : ''}.`;
}

/** What the other patterns around make of this one. */
function neighbours({ direction, list, pattern }: Found): readonly string[] {
  const { subject, queue } = pattern;
  const plain = (some: readonly Pattern[]) => some.filter(other => other !== pattern && other.queue === undefined);
  const wider = plain(direction[list]).find(other => coversSubject(other.subject, subject));
  const notes: string[] = [];
  if (wider && (queue === undefined || list === 'deny'))
    notes.push(`\`${wider.subject}\` says the same and more: without this pattern nothing changes.`);
  if (list === 'deny') {
    const { allow } = direction;
    const needless = allow.length > 0 && !allow.some(other => subjectsOverlap(other.subject, subject));
    if (needless) notes.push('Nothing that is allowed matches it, so it takes nothing away.');
    if (direction.name === 'subscribe')
      notes.push('A wider subscription is accepted all the same; messages that this pattern matches do not reach it.');
    return notes;
  }
  const denied = plain(direction.deny);
  const whole = denied.find(other => coversSubject(other.subject, subject));
  if (whole) notes.push(`\`${whole.subject}\` is denied, which decides: this pattern lets nothing through.`);
  else {
    const parts = denied.filter(other => subjectsOverlap(other.subject, subject)).map(other => other.subject);
    if (parts.length > 0) notes.push(`Not for what ${listed(parts)} denies: a denied subject stays denied.${whatIsLeft(subject, parts)}`);
  }
  if (direction.name === 'subscribe' && (subject === '*' || subject.endsWith('.*'))) {
    notes.push(`nats-server compares the words, so a subscription to \`${subject.slice(0, -1)}>\` is accepted too, with everything below.`);
  }
  return notes;
}

function listed(subjects: readonly string[]): string {
  return subjects.map(subject => `\`${subject}\``).join(', ');
}

/** Where patterns can say it. */
function whatIsLeft(subject: string, denied: readonly string[]): string {
  let left: readonly string[] | undefined = [subject];
  for (const part of denied) {
    const rest: readonly (readonly string[] | undefined)[] = (left ?? []).map(one => subtractSubject(one, part));
    left = left && rest.every(one => one !== undefined) ? rest.flat() : undefined;
  }
  return left && left.length > 0 ? ` Left is ${listed(left)}.` : '';
}

/** Other users for whom the same is allowed, whatever list says so. */
function others(conf: NatsConf, { permissions, direction, pattern: { subject, queue } }: Found): string {
  const rest = usersOf(conf).filter(({ granted }) => granted?.block !== permissions.block);
  const may = (user: ConfUser) =>
    direction.name === 'publish'
      ? publishShare(user.granted?.permissions, subject, conf.version) !== 'none'
      : judgeSubscribe(user.granted?.permissions, { subject, queue }, conf.version).allowed;
  const able = rest.filter(may);
  if (rest.length === 0) return '';
  if (able.length === 0) return `Nobody else may ${verbs[direction.name]} it.`;
  return `${able.length === 1 ? 'One other user' : `${able.length} other users`} may ${verbs[direction.name]} it, or a part of it: ${namesInWords(able)}.`;
}

/** Of many, the first few. */
function namesInWords(users: readonly ConfUser[]): string {
  const shown = users
    .slice(0, 8)
    .map(({ name, account }) => `\`${name}\`${users.some(other => other.account !== account) ? ` (${account})` : ''}`);
  return `${shown.join(', ')}${users.length > shown.length ? ` and ${users.length - shown.length} more` : ''}`;
}
