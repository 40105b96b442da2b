// What programs do with NATS, as proposals for the configuration of their server: the subjects that they use, the users as whom they log in.
import type { Completion, SourceFile } from '../language.ts';
import { readNkey } from '../nats-auth/nkey.ts';
import { listAround } from '../nats-conf/blocks-around.ts';
import type { Caret } from '../nats-conf/caret.ts';
import { withValueAt } from '../nats-conf/completion.ts';
import type { NatsConf } from '../nats-conf/model.ts';
import { nameAround } from '../nats-conf/seen-values.ts';
import type { Slot } from '../nats-conf/slots.ts';
import type { Standpoint } from '../nats-conf/standpoint.ts';
import { type NatsUsage, type SourceProgram, usageOf } from '../nats-usage/model.ts';
import type { UseKind } from '../nats-usage/uses.ts';
import { type FileId, nameOf } from '../text/file-id.ts';
import { ProgramConstants } from './program-constants.ts';
import { patternOf } from './subject-pattern.ts';
import { summariesOf, type WorkspaceView } from './view.ts';

/** A proposal without its place. */
export type Proposal = Pick<Completion, 'label' | 'kind' | 'detail'>;

type Direction = 'publish' | 'subscribe';

/** Best first; none where the place is for something that programs do not say. */
export function programProposals(view: WorkspaceView, here: Standpoint, caret: Caret, slot: Slot): readonly Proposal[] {
  const direction = directionOf(slot, [caret.key, ...caret.frames.map(({ key }) => key).reverse()]);
  const login = loginOf(slot);
  if (!direction && !login) return [];
  const sources = summariesOf<SourceProgram>(view, 'nats-usage').map(({ summary }) => summary);
  const usages = sources.flatMap(source => {
    const usage = usageOf(source);
    return usage ? [{ source, usage }] : [];
  });
  if (usages.length === 0) return [];
  const found = withValueAt(here, caret, { read: id => fileOf(here.whole, id) ?? 'absent' }, complete =>
    direction
      ? subjectsFor(complete, caret.word.start, direction, usages, new ProgramConstants(sources))
      : loginsFor(complete.whole, login === 'user', usages),
  );
  return [...found].map(([label, file]) => ({ label, kind: direction ? 'value' : 'name', detail: `used by ${nameOf(file)}` }));
}

function fileOf({ evaluation }: NatsConf, id: FileId): SourceFile | undefined {
  return evaluation.files.find(({ file }) => file.id === id)?.file;
}

/** Of what a list allows, the kind of use that it is about; nothing is proposed for what is denied. */
function directionOf({ owner, option }: Slot, keys: readonly (string | undefined)[]): Direction | undefined {
  if (owner.name === 'permissions' && (option.key === 'publish' || option.key === 'subscribe')) return option.key;
  if (owner.name === 'export') return option.key === 'stream' ? 'publish' : option.key === 'service' ? 'subscribe' : undefined;
  if (owner.name !== 'subject_permission' || option.key !== 'allow') return undefined;
  const key = keys.find(one => one !== undefined && /^(?:pub|sub)/i.test(one));
  return key === undefined ? undefined : /^p/i.test(key) ? 'publish' : 'subscribe';
}

/** Whether a user is being named, by its name or by its public key. */
function loginOf({ owner, option }: Slot): 'user' | 'nkey' | undefined {
  if (option.key === 'user' && (owner.name === 'user' || owner.name === 'authorization')) return 'user';
  return option.key === 'nkey' && owner.name === 'user' ? 'nkey' : undefined;
}

interface UsedBy {
  readonly source: SourceProgram;
  readonly usage: NatsUsage;
}

/** What a use needs the right for; what a stream stores is asked of JetStream. */
const directions: Readonly<Partial<Record<UseKind, Direction>>> = {
  publish: 'publish',
  'jetstream-publish': 'publish',
  request: 'publish',
  subscribe: 'subscribe',
};

/** Subjects with a file that uses each, those of programs that log in as the user around first; what is in the list already is left out. */
function subjectsFor(
  here: Standpoint,
  offset: number,
  direction: Direction,
  usages: readonly UsedBy[],
  constants: ProgramConstants,
): ReadonlyMap<string, FileId> {
  const user = nameAround(here, offset);
  const given = new Set(listAround(here, offset));
  const found = new Map<string, FileId>();
  const isOwn = ({ usage }: UsedBy) => user !== undefined && usage.login.users.includes(user);
  for (const { source, usage } of [...usages.filter(isOwn), ...usages.filter(one => !isOwn(one))]) {
    for (const { kind, pieces } of usage.uses) {
      const subject = direction === directions[kind] ? patternOf(constants.fill(source, pieces))?.subject : undefined;
      if (subject !== undefined && !given.has(subject) && !found.has(subject)) found.set(subject, source.file);
    }
  }
  return found;
}

/** Users as whom programs log in, and whom the configuration does not have yet, with a file of each. */
function loginsFor({ users }: NatsConf, byName: boolean, usages: readonly UsedBy[]): ReadonlyMap<string, FileId> {
  const known = new Set(users.flatMap(({ name, nkey }) => [name?.value, nkey?.value]));
  const found = new Map<string, FileId>();
  for (const { source, usage } of usages) {
    for (const login of usage.login.users) {
      const key = readNkey(login);
      // A seed is nobody's name, wherever it stands.
      const fits = key === undefined ? byName : !byName && key.kind === 'public';
      if (fits && !known.has(login) && !found.has(login)) found.set(login, source.file);
    }
  }
  return found;
}
