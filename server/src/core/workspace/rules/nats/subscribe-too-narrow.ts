// What a program subscribes to and its user may not hear is refused once, at the start, and then silence looks like an idle system. Some
// inboxes are too narrow for any program: those need no program to be told.
import { defineRule, type Report } from '../../../lint/rule.ts';
import { importsOf } from '../../../nats-conf/account-exchange.ts';
import { narrowInboxes } from '../../../nats-conf/narrow-inboxes.ts';
import type { NatsUsage } from '../../../nats-usage/model.ts';
import type { UseKind } from '../../../nats-usage/uses.ts';
import type { Piece } from '../../../nats-usage/values.ts';
import { mainConfigurations, natsPrograms } from '../../nats-programs.ts';
import { type Candidate, maySubscribe, type Verdict } from '../../nats-users.ts';
import { patternOf } from '../../subject-pattern.ts';
import { doesInVain, type Question, type Refusal, refusals, reportRefusal, type Wish } from '../../too-narrow.ts';
import type { WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'nats/subscribe-too-narrow',
  severity: 'warning',
  since: '0.1.0',
  *check(view, context) {
    for (const conf of mainConfigurations(view)) yield* narrowInboxes(conf, context);
    const programs = natsPrograms(view);
    for (const refusal of refusals(programs, subscribing)) yield reportSubscribing(refusal);
    const prefixes = programs.flatMap(({ usage }) => usage.inboxPrefixes);
    for (const refusal of refusals(programs, waiting(prefixes))) yield reportWaiting(refusal);
  },
});

const subscribing: Question = {
  direction: 'subscribe',
  wishesOf: ({ usage }) =>
    usage.uses.flatMap(use => {
      const pattern = use.kind === 'subscribe' ? patternOf(use.pieces) : undefined;
      // The services framework listens on many subjects of this family.
      return pattern ? [{ use, pattern, subject: pattern.subject.startsWith('$SRV.') ? '$SRV.>' : pattern.subject }] : [];
    }),
  judge: (candidate, { use, pattern }) => maySubscribe(candidate, pattern, use.queue),
};

function reportSubscribing(refusal: Refusal): Report {
  return reportRefusal(refusal, '--allow-sub', {
    trouble: subjects =>
      `${doesInVain(refusal, ['subscribes', 'subscribe'], `to ${subjects}`)}, so nats-server answers "Permissions Violation" and not one message arrives`,
    related: ({ pattern }) => `Subscribes to \`${pattern.subject}\`.`,
  });
}

/** What comes to an inbox, by what a program does for it. Streams and consumers are made and looked up by requests. */
const waitsFor: Readonly<Partial<Record<UseKind, string>>> = {
  request: 'Asks and waits for the answer.',
  'jetstream-publish': 'Publishes and waits for the acknowledgement of JetStream.',
  stream: 'Sets up a stream and waits for the answer.',
  filter: 'Reads a stream, whose messages come to an inbox.',
};

/** Who asks waits for the answer in an inbox. `prefixes`: those that any program of the workspace gives its inboxes. */
function waiting(prefixes: NatsUsage['inboxPrefixes']): Question {
  return {
    direction: 'subscribe',
    wishesOf: ({ usage }) => {
      const prefix = inboxPrefix(usage, prefixes);
      if (prefix === undefined) return [];
      const unknown: Piece = { name: undefined };
      const pattern = patternOf([`${prefix}.`, unknown, '.', unknown]);
      if (!pattern) return [];
      const asking = usage.uses.filter(({ kind }) => waitsFor[kind] !== undefined);
      return asking.map((use): Wish => ({ use, pattern, subject: `${prefix}.>` }));
    },
    judge: mayWait,
  };
}

/** The prefix of a program's inboxes; undefined where it cannot be known, perhaps because another file connects. */
function inboxPrefix({ inboxPrefixes: own }: NatsUsage, all: NatsUsage['inboxPrefixes']): string | undefined {
  if (all.length === 0) return '_INBOX';
  const [prefix, ...rest] = own[0] ?? [];
  return own.length === 1 && typeof prefix === 'string' && rest.length === 0 ? prefix.replace(/\.$/, '') : undefined;
}

/** Inboxes with one token too few, requests to JetStream and who asks imported services are told without any program. */
function mayWait(candidate: Candidate, { pattern }: Wish): Verdict {
  const { conf, permissions } = candidate;
  const [prefix = ''] = pattern.subject.split('.*');
  const isShort = permissions?.subscribe?.allow.some(({ subject }) => subject === `${prefix}.*`);
  const account = conf?.accounts.find(({ name }) => name === candidate.account);
  const imports = account && importsOf(account).some(({ kind }) => kind === 'service');
  const asksJetStream = conf && permissions?.publish?.allow.some(({ subject }) => /^\$(?:JS|KV|O)\./.test(subject));
  return isShort || imports || asksJetStream ? 'allowed' : maySubscribe(candidate, pattern, undefined);
}

function reportWaiting(refusal: Refusal): Report {
  return reportRefusal(refusal, '--allow-sub', {
    trouble: () =>
      `${doesInVain(refusal, ['subscribes', 'subscribe'], 'to an inbox for answers')}, so requests time out though they are served`,
    related: ({ use }) => waitsFor[use.kind] ?? '',
  });
}
