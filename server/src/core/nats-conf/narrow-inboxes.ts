// Replies come to an inbox: a subject that the client makes up for itself. Who may not subscribe to it asks and never hears an answer.
import type { Fix } from '../lint/finding.ts';
import type { Report } from '../lint/rule.ts';
import { coversSubject, subjectsOverlap } from '../nats-auth/subject.ts';
import { importsOf } from './account-exchange.ts';
import { byPart } from './by-part.ts';
import type { NatsConf } from './model.ts';
import { allowSubjects } from './permission-edits.ts';
import {
  accountOf,
  clientPermissions,
  type Direction,
  directionOfName,
  mayPass,
  mayReceiveReplies,
  type Pattern,
  type Permissions,
  remarkablePermissions,
} from './permissions.ts';
import { quoted } from './source-edits.ts';

/** Logins that no reply can reach, as far as the configuration tells without the programs that use it. */
export const narrowInboxes = byPart(function* (conf) {
  for (const permissions of remarkablePermissions(conf)) {
    const subscribe = directionOfName(permissions, 'subscribe');
    if (subscribe && !subscribe.unknown) yield* shortInboxes(subscribe);
  }
  if (!conf.accounts.some(account => importsOf(account).length > 0)) return;
  for (const permissions of clientPermissions(conf)) {
    const publish = directionOfName(permissions, 'publish');
    const subscribe = directionOfName(permissions, 'subscribe');
    if (!publish || publish.unknown || publish.allow.length === 0) continue;
    if (!subscribe || subscribe.unknown || subscribe.allow.length === 0 || mayReceiveReplies(subscribe)) continue;
    yield* importerWithoutInbox(conf, permissions, publish, subscribe);
  }
});

/** `_INBOX.*`, or the same with another prefix of one token. */
function isShortInbox({ subject }: Pattern): boolean {
  return subject.startsWith('_INBOX') && subject.indexOf('.') === subject.length - 2 && subject.endsWith('*');
}

/** `_INBOX.*` fits no inbox: clients subscribe to `_INBOX.<id>.*`, and to `_INBOX.<id>.<number>` for one reply. */
function* shortInboxes(subscribe: Direction): Generator<Report> {
  for (const pattern of subscribe.allow) {
    if (!isShortInbox(pattern)) continue;
    const { subject, value } = pattern;
    const head = subject.slice(0, -2);
    const wide = `${head}.>`;
    if (subscribe.allow.some(other => coversSubject(other.subject, wide))) continue;
    yield {
      ...value.at,
      message: `Inboxes have two more tokens behind \`${head}\`, and this allows one, so requests of this login end in "Permissions Violation" and never get their reply. Write ${quoted(wide)}.`,
      ...(value.via ? {} : { fix: writeFix(value.origin.file, value.node.span, wide) }),
    };
  }
}

function writeFix(file: string, span: Report['span'], subject: string): Fix {
  return { title: `Write ${subject}`, safety: 'unsafe', edits: () => [{ file, span, newText: quoted(subject) }] };
}

/** Services of other accounts are there to be asked, so that who may ask must hear the answer. */
function* importerWithoutInbox(conf: NatsConf, permissions: Permissions, publish: Direction, subscribe: Direction): Generator<Report> {
  const account = accountOf(conf, permissions.owner);
  if (!account) return;
  for (const { kind, subject, to } of importsOf(account)) {
    const local = (to ?? subject).value;
    const pattern = kind === 'service' ? publish.allow.find(one => one.subject !== '>' && subjectsOverlap(one.subject, local)) : undefined;
    if (!pattern || !mayPass(publish, local)) continue;
    yield {
      ...subscribe.setting.entry.keyAt,
      message: `This login may ask the imported service \`${local}\`, and it may subscribe to no inbox, so it never gets the reply. Add "_INBOX.>" to what it may subscribe to.`,
      related: [{ ...pattern.value.at, message: 'This allows the request.' }],
      ...inboxFix(conf, subscribe),
    };
    return;
  }
}

function inboxFix(conf: NatsConf, subscribe: Direction): { fix?: Fix } {
  const edits = () => [allowSubjects(conf, subscribe, ['_INBOX.>'])].flatMap(edit => edit ?? []);
  return edits().length > 0 ? { fix: { title: 'Allow _INBOX.>', safety: 'unsafe', edits } } : {};
}
