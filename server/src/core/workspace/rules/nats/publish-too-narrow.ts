// What a program publishes and its user may not publish is refused while everything seems to run: the publisher rarely hears of it.
import type { Fix } from '../../../lint/finding.ts';
import { defineRule, type Report } from '../../../lint/rule.ts';
import { exportsOf, importsOf } from '../../../nats-conf/account-exchange.ts';
import { settingOf } from '../../../nats-conf/blocks.ts';
import { insertPairs } from '../../../nats-conf/insert-pair.ts';
import { mayMeanInboxes } from '../../../nats-conf/permissions.ts';
import type { SubjectUse } from '../../../nats-usage/uses.ts';
import { type NatsProgram, natsPrograms } from '../../nats-programs.ts';
import { type Candidate, mayPublish, type Verdict } from '../../nats-users.ts';
import { isPublishable, patternOf } from '../../subject-pattern.ts';
import { doesInVain, issueAnew, type Question, type Refusal, refusals, relatedOf, reportRefusal, type Wish } from '../../too-narrow.ts';
import type { WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'nats/publish-too-narrow',
  severity: 'warning',
  since: '0.1.0',
  *check(view) {
    const programs = natsPrograms(view);
    for (const refusal of refusals(programs, publishing)) yield reportPublishing(refusal);
    for (const refusal of refusals(programs, answering)) yield reportAnswering(refusal);
  },
});

const publishing: Question = {
  direction: 'publish',
  wishesOf: ({ usage, known }) => usage.uses.flatMap(use => publishWish(use, known)),
  judge: (candidate, { use, pattern }) =>
    use.kind === 'stream' && isFedFromOutside(candidate) ? 'allowed' : mayPublish(candidate, pattern),
};

/** Who sets up a stream need not be who publishes to it: only where nobody at all may, something is missing. */
function publishWish(use: SubjectUse, known: NatsProgram['known']): readonly Wish[] {
  const pattern = patternOf(use.pieces);
  if (!pattern) return [];
  if (use.kind === 'stream') return known ? [] : [{ use, pattern: { ...pattern, varies: true }, subject: pattern.subject }];
  if (!/^(?:publish|jetstream-publish|request)$/.test(use.kind) || !isPublishable(pattern)) return [];
  return [{ use, pattern, subject: pattern.subject }];
}

/** Whether messages may come from elsewhere than the users of this configuration. */
function isFedFromOutside({ conf }: Candidate): boolean {
  if (!conf) return true;
  return ['leafnodes', 'gateway'].some(key => settingOf(conf.root, key)) || conf.accounts.some(account => importsOf(account).length > 0);
}

function reportPublishing(refusal: Refusal): Report {
  const streamsOnly = refusal.wishes.every(({ wish }) => wish.use.kind === 'stream');
  return reportRefusal(refusal, '--allow-pub', {
    trouble: subjects =>
      streamsOnly
        ? `No user may publish anything to the stream with the subjects ${subjects}, so it stays empty`
        : `${doesInVain(refusal, ['publishes', 'publish'], `to ${subjects}`)}, so nats-server answers "Permissions Violation" and delivers none of it`,
    related: ({ use, pattern }) => {
      if (use.kind === 'stream') return `The stream takes \`${pattern.subject}\`.`;
      return `${use.kind === 'request' ? 'Asks' : 'Publishes'} \`${pattern.subject}\`.`;
    },
  });
}

const replies = { subject: '_INBOX.>', varies: true, all: ['_INBOX.>'] };

const answering: Question = {
  direction: 'publish',
  wishesOf: ({ usage }) => usage.uses.flatMap(use => (use.kind === 'respond' ? [{ use, pattern: replies, subject: replies.subject }] : [])),
  judge: mayAnswer,
};

/** Replies go to whatever subject the message names; any list that names such a place counts. Services that show in the configuration are judged there. */
function mayAnswer(candidate: Candidate): Verdict {
  const { conf, permissions, account } = candidate;
  const own = conf?.accounts.find(({ name }) => name === account);
  const isKnownService =
    permissions?.subscribe?.allow.some(({ subject }) => subject.startsWith('$SRV.')) ||
    (own && exportsOf(own).some(({ kind }) => kind === 'service'));
  const namesInbox = permissions?.publish?.allow.some(mayMeanInboxes);
  if (permissions?.responses || (conf && isKnownService) || namesInbox) return 'allowed';
  return mayPublish(candidate, replies);
}

function reportAnswering(refusal: Refusal): Report {
  const { limits, wishes } = refusal;
  const trouble = `${doesInVain(refusal, ['answers', 'answer'], 'messages')}, so whoever asks waits for the reply in vain`;
  const related = relatedOf(wishes, () => 'Answers here.');
  if (limits.kind === 'token') return { ...limits.at, message: `${trouble}. ${issueAnew(refusal, '--allow-pub-response')}`, related };
  const { conf, direction } = limits;
  const fix: Fix = {
    title: 'Add allow_responses',
    safety: 'unsafe',
    edits: () => [insertPairs(conf, direction.setting, ['allow_responses: true'])],
  };
  return {
    ...direction.setting.entry.keyAt,
    message: `${trouble}. Add \`allow_responses: true\`, which lets it answer what it has received and nothing else.`,
    related,
    ...(direction.setting.block.map.via ? {} : { fix }),
  };
}
