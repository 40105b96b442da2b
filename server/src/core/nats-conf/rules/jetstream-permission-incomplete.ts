// Work with JetStream takes several requests, and a login that may make only some of them fails at the first one that is missing.
import {
  type Bindings,
  bind,
  fillIn,
  headOf,
  type PermissionNeed,
  type PermissionSet,
  permissionSets,
} from '../../facts/nats-jetstream-permissions.ts';
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { byPart } from '../by-part.ts';
import type { NatsConf } from '../model.ts';
import { allowSubjects } from '../permission-edits.ts';
import {
  allowsResponses,
  type Direction,
  directionOfName,
  mayPass,
  mayReceiveReplies,
  type Pattern,
  type Permissions,
  remarkablePermissions,
} from '../permissions.ts';

export default defineRule<NatsConf>({
  id: 'nats/jetstream-permission-incomplete',
  severity: 'warning',
  since: '0.1.0',
  check: byPart(function* (conf) {
    for (const permissions of remarkablePermissions(conf)) {
      const publish = directionOfName(permissions, 'publish');
      if (!publish || publish.unknown || !publish.allow.some(mayNeedMore)) continue;
      let told = false;
      for (const pattern of publish.allow) {
        const meant = workOf(publish, pattern);
        const missing = meant ? missingFor(permissions, meant) : [];
        if (!meant || missing.every(({ need }) => need.of === 'some')) continue;
        told = true;
        yield report(conf, permissions, pattern, meant, missing);
      }
      if (!told) yield* requestsWithoutInbox(conf, permissions, publish);
    }
  }),
});

/** What requests to JetStream begin with. */
const requests = '$JS.API.';

/** First tokens of the signs of all sets. */
const heads = [...new Set(permissionSets.flatMap(({ sign }) => (sign.publish ? [headOf(sign.publish)] : [])))];

/** Asked of every subject before anything else is: few begin with one of these words. */
function mayNeedMore({ subject }: Pattern): boolean {
  return subject.startsWith(requests) || heads.some(head => subject.startsWith(head));
}

/** What somebody may do, seen from one permission. */
interface Work {
  readonly set: PermissionSet;
  readonly bindings: Bindings;
}

/** The most particular set whose sign this permission is; undefined where it says nothing, or other permissions say that other work is meant. */
function workOf(publish: Direction, { subject }: Pattern): Work | undefined {
  const fitting = permissionSets.flatMap((set): Work[] => {
    const bindings = set.sign.publish ? bind(set.sign.publish, subject) : undefined;
    return bindings ? [{ set, bindings }] : [];
  });
  const particular = ({ set }: Work) => (set.sign.publish ?? '').replaceAll(/\{\w+\}/g, '').length;
  const [best] = fitting.sort((a, b) => particular(b) - particular(a));
  const other = best?.set.unless?.publish;
  return best && other && mayPass(publish, fillIn(other, best.bindings) ?? '') ? undefined : best;
}

interface Missing {
  readonly need: PermissionNeed;
  readonly direction: Direction['name'];
  readonly subject: string;
}

function missingFor(permissions: Permissions, { set, bindings }: Work): readonly Missing[] {
  return set.needs.flatMap((need): Missing[] => {
    if (need.orResponses && allowsResponses(permissions.block)) return [];
    const direction = need.publish ? 'publish' : 'subscribe';
    const subjects = (need[direction] ?? []).flatMap(template => fillIn(template, bindings) ?? []);
    const [first] = subjects;
    if (first === undefined || subjects.some(subject => isGranted(permissions, direction, subject))) return [];
    return [{ need, direction, subject: first }];
  });
}

function isGranted(permissions: Permissions, name: Direction['name'], subject: string): boolean {
  const direction = directionOfName(permissions, name);
  return subject.startsWith('_INBOX') ? mayReceiveReplies(direction) : mayPass(direction, subject);
}

function report(conf: NatsConf, permissions: Permissions, pattern: Pattern, { set, bindings }: Work, missing: readonly Missing[]): Report {
  const told = missing.filter(({ need }) => need.of !== 'some');
  const serious = told.some(({ need }) => need.of === undefined);
  const list = told.map(({ need, direction, subject }) => `${direction} to \`${subject}\` (${need.what})`).join(', nor ');
  return {
    ...pattern.value.at,
    ...(serious ? {} : { severity: 'information' as const }),
    message: `This is one of the permissions to ${fillIn(set.title, bindings) ?? set.title}, and it is not enough: the login may not ${list}. Add ${told.length === 1 ? 'that' : 'those'}, or remove this one.`,
    ...allowFix(conf, permissions, missing),
  };
}

/** Every request to JetStream is answered to an inbox, whatever it asks for. */
function* requestsWithoutInbox(conf: NatsConf, permissions: Permissions, publish: Direction): Generator<Report> {
  const subscribe = directionOfName(permissions, 'subscribe');
  const request = publish.allow.find(({ subject }) => subject.startsWith(requests) && mayPass(publish, subject));
  if (!request || mayReceiveReplies(subscribe)) return;
  yield {
    ...request.value.at,
    message:
      'JetStream answers every request to an inbox, and this login may subscribe to none, so each request ends in a timeout. Add "_INBOX.>" to what it may subscribe to.',
    ...allowFix(conf, permissions, [{ direction: 'subscribe', subject: '_INBOX.>' }]),
  };
}

/** One more permission is one more thing that a stolen login can do, so that the person has to agree. */
function allowFix(conf: NatsConf, permissions: Permissions, missing: readonly Omit<Missing, 'need'>[]): { fix?: Fix } {
  const edits = () =>
    (['publish', 'subscribe'] as const).flatMap(name => {
      const direction = directionOfName(permissions, name);
      const subjects = missing.filter(one => one.direction === name).map(({ subject }) => subject);
      return direction && subjects.length > 0 ? [allowSubjects(conf, direction, subjects)] : [];
    });
  const known = edits();
  if (known.length === 0 || known.includes(undefined)) return {};
  const title = missing.length === 1 ? `Allow ${missing[0]?.subject}` : `Allow what is missing (${missing.length} subjects)`;
  return { fix: { title, safety: 'unsafe', edits: () => edits().flatMap(edit => edit ?? []) } };
}
