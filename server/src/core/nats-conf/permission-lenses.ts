// Above every user and every block of permissions: how much it lets through, in a few words, and a way to try a subject.
import type { BuildContext, Lens } from '../language.ts';
import type { SubjectPermission } from '../nats-auth/permission.ts';
import { grouped } from '../text/group.ts';
import type { Block } from './blocks.ts';
import type { NatsConf } from './model.ts';
import { publishingInWords } from './permission-words.ts';
import { clientPermissions } from './permissions.ts';
import { standpointOf } from './standpoint.ts';
import { type BlockPermissions, type ConfUser, readPermissions, usersOf } from './user-access.ts';
import type { Place } from './values.ts';

/** The command behind a lens; its argument is a `PermissionLensArgument`. */
const command = 'authlint.testPermission';

export interface PermissionLensArgument {
  /** The configuration that the server is started with. */
  readonly file: string;
  /** Undefined where several users are meant. */
  readonly user: string | undefined;
}

export function permissionLenses(own: NatsConf, context: BuildContext): readonly Lens[] {
  const { whole } = standpointOf(own, context);
  const users = usersOf(whole);
  const lenses = new Map<number, Lens>();
  const add = ({ file, span }: Place, words: string | undefined, user: string | undefined) => {
    if (file !== own.file || lenses.has(span.start)) return;
    const argument: PermissionLensArgument = { file: whole.file, user };
    const title = [...(words === undefined ? [] : [words]), 'Test a subject…'].join(' · ');
    lenses.set(span.start, { span, title, command: { id: command, arguments: [argument] } });
  };
  // That nothing limits a user is said by a hint behind its name, or behind that of its account.
  for (const { at, granted, name } of users) add(at, granted && `may ${grantInWords(granted)}`, name);
  const holdersOf = grouped(users, ({ granted }) => granted?.block);
  for (const { block } of clientPermissions(whole)) {
    const at = block.setting?.entry.keyAt;
    if (!at) continue;
    const holders = holdersOf.get(block) ?? [];
    const [only] = holders;
    // On the line of its user, or right below, it would say the same twice.
    if (only?.source === 'own' && areNeighbours(whole, only.at, at)) continue;
    add(at, `${holdersInWords(block, holders)}${grantInWords(readPermissions(block))}`, only?.source === 'own' ? only.name : undefined);
  }
  return [...lenses.values()].sort((a, b) => a.span.start - b.span.start);
}

/** Whether two places are on the same line, or on one and the next. */
function areNeighbours({ evaluation }: NatsConf, a: Place, b: Place): boolean {
  const text = evaluation.files.find(({ file }) => file.id === a.file)?.file.text;
  if (text === undefined || a.file !== b.file) return false;
  return text.slice(Math.min(a.span.start, b.span.start), Math.max(a.span.start, b.span.start)).split('\n').length <= 2;
}

function holdersInWords({ setting }: Block, holders: readonly ConfUser[]): string {
  if (setting?.option.key !== 'default_permissions') return 'may ';
  return `default of ${holders.length === 1 ? '1 user' : `${holders.length} users`}: may `;
}

/** "publish 3 patterns and replies, subscribe to everything"; "publish and subscribe to everything". */
function grantInWords({ permissions }: BlockPermissions): string {
  const published = publishingInWords(permissions, listInWords);
  const subscribed = listInWords(permissions.subscribe);
  // Of two lists of patterns the same number says nothing.
  if (published === subscribed && !/pattern/.test(published)) return `publish and subscribe to ${published}`;
  return `publish ${published}, subscribe to ${subscribed}`;
}

function listInWords(list: SubjectPermission | undefined): string {
  const [allow, deny] = [list?.allow.length ?? 0, list?.deny.length ?? 0];
  if (list?.deny.some(({ subject, queue }) => subject === '>' && queue === undefined)) return 'nothing';
  const patterns = (count: number) => (count === 1 ? '1 pattern' : `${count} patterns`);
  if (allow === 0) return deny === 0 ? 'everything' : `everything but ${patterns(deny)}`;
  return deny === 0 ? patterns(allow) : `${patterns(allow)} (${deny} denied)`;
}
