// What a configuration leaves unsaid: what a bare number amounts to, and that a user without permissions may do everything. Only what cannot be
// read off the text.
import type { ValueForm } from '../facts/nats-options.ts';
import type { BuildContext, Hint } from '../language.ts';
import { grouped } from '../text/group.ts';
import { remember } from '../text/remember.ts';
import { covers, type Span } from '../text/span.ts';
import { type Block, mayHold, type Setting, settingOf } from './blocks.ts';
import type { NatsConf } from './model.ts';
import { standpointOf } from './standpoint.ts';
import { shortDuration, sizeInUnit } from './value-words.ts';
import type { Place } from './values.ts';

interface PlacedHint extends Hint {
  /** What it is about. */
  readonly place: Place;
}

/** Those whose values lie in `span`, in the order of the text. */
export function hintsIn(own: NatsConf, span: Span, context: BuildContext): readonly Hint[] {
  const { whole } = standpointOf(own, context);
  const here = new Map<number, Hint>();
  for (const { place, ...hint } of hintsOf(whole)) {
    if (place.file === own.file && covers(span, place.span)) here.set(hint.offset, hint);
  }
  return [...here.values()].sort((a, b) => a.offset - b.offset);
}

const hintsOf = remember((conf: NatsConf): readonly PlacedHint[] => [...amounts(conf), ...unrestricted(conf)]);

function hintAt(place: Place, label: string, tooltip: string): PlacedHint {
  return { offset: place.span.end, label, tooltip, place };
}

function* amounts(conf: NatsConf): Generator<PlacedHint> {
  for (const settings of conf.index.byOption.values()) {
    const option = settings[0]?.option;
    const takes = (kind: ValueForm['kind']) => option?.forms.some(form => form.kind === kind) ?? false;
    const isSize = option?.unit === 'bytes' || takes('size');
    // Some options take a bare number for a time, as it was written before there were units.
    const isTime = (option?.unit === 'seconds' || takes('duration')) && (takes('integer') || takes('number'));
    if (isSize || isTime) {
      for (const { value } of settings) {
        if (value.kind !== 'integer' && value.kind !== 'float') continue;
        // A suffix says it already.
        if (value.kind === 'integer' && value.node.suffix) continue;
        const label = isSize ? sizeLabel(value.value) : secondsLabel(value.value);
        if (label !== undefined) yield hintAt(value.origin, label, isSize ? 'The number counts bytes.' : 'The number counts seconds.');
      }
    }
  }
}

function sizeLabel(bytes: number): string | undefined {
  const size = bytes > 0 ? sizeInUnit(bytes) : undefined;
  return size && `${size.isExact ? '=' : '≈'} ${size.text}`;
}

/** The unit where the number is easy to read, else the time. */
function secondsLabel(seconds: number): string | undefined {
  if (seconds <= 0) return undefined;
  if (seconds < 60) return seconds === 1 ? 'second' : 'seconds';
  return `= ${shortDuration(seconds * 1e9)}`;
}

/** Where nobody in an account is limited, that is said once, at its name. */
function* unrestricted(conf: NatsConf): Generator<PlacedHint> {
  const authorization = settingOf(conf.root, 'authorization');
  const owners: (readonly [Block | undefined, Place | undefined])[] = [
    [authorization?.blocks[0], authorization?.entry.keyAt],
    ...conf.accounts.map(({ block, nameAt }) => [block, nameAt] as const),
  ];
  const usersOf = grouped(conf.users, ({ block }) => block.setting?.block);
  for (const [owner, nameAt] of owners) {
    if (!owner || !nameAt || mayHold(owner)) continue;
    yield* single(owner);
    if (settingOf(owner, 'default_permissions')) continue;
    const users = usersOf.get(owner) ?? [];
    const free = users.filter(({ block }) => !mayHold(block) && !settingOf(block, 'permissions'));
    if (free.length > 1 && free.length === users.length) {
      yield hintAt(
        nameAt,
        'users unrestricted',
        'None of these users has `permissions`: each may publish and subscribe to every subject of the account.',
      );
      continue;
    }
    for (const { name, nkey } of free) {
      const at = (name ?? nkey)?.at;
      if (at)
        yield hintAt(at, 'unrestricted', 'Without `permissions` this user may publish and subscribe to every subject of its account.');
    }
  }
}

/** The one user or token of a server cannot be limited at all. */
function* single(owner: Block): Generator<PlacedHint> {
  if (owner.fact.name !== 'authorization' || settingOf(owner, 'auth_callout')) return;
  for (const key of ['user', 'token']) {
    const setting: Setting | undefined = settingOf(owner, key);
    if (setting?.value.kind !== 'string' || setting.value.value === '') continue;
    yield hintAt(
      setting.value.at,
      'unrestricted',
      `Whoever comes with this ${key} may publish and subscribe to every subject: permissions are for entries of \`users\`.`,
    );
  }
}
