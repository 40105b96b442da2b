// A service that may hear a request and not publish to the inbox of who asked leaves everybody waiting.
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { coversSubject, subjectsOverlap } from '../../nats-auth/subject.ts';
import { exportsOf } from '../account-exchange.ts';
import { mayHold, settingOf } from '../blocks.ts';
import { byPart } from '../by-part.ts';
import { insertPairs } from '../insert-pair.ts';
import type { NatsConf } from '../model.ts';
import {
  accountOf,
  clientPermissions,
  type Direction,
  directionOfName,
  mayMeanInboxes,
  type Pattern,
  type Permissions,
} from '../permissions.ts';

export default defineRule<NatsConf>({
  id: 'nats/responder-cannot-reply',
  severity: 'warning',
  since: '0.1.0',
  check: byPart(function* (conf) {
    for (const permissions of clientPermissions(conf)) {
      const publish = directionOfName(permissions, 'publish');
      const subscribe = directionOfName(permissions, 'subscribe');
      if (!publish || !subscribe || mayHold(permissions.block) || mayReply(permissions, publish)) continue;
      const service = serviceOf(conf, permissions, subscribe);
      if (service) yield report(conf, publish, service);
    }
  }),
});

interface Service {
  readonly pattern: Pattern;
  readonly because: string;
}

/** Replies go to inboxes, from another account to a subject that the server makes up (`_R_.`); any list that names such a place counts. */
function mayReply({ block }: Permissions, publish: Direction): boolean {
  const responses = settingOf(block, 'allow_responses')?.value;
  if (publish.unknown || (responses && (responses.kind !== 'boolean' || responses.value))) return true;
  const { allow, deny } = publish;
  if (allow.length > 0) return allow.some(mayMeanInboxes);
  return !deny.some(({ subject }) => coversSubject(subject, '_INBOX.>'));
}

/** What shows that the login answers requests: the subjects of the services framework, or a service that its account exports. */
function serviceOf(conf: NatsConf, { owner }: Permissions, { allow }: Direction): Service | undefined {
  const framework = allow.find(({ subject }) => subject.startsWith('$SRV.'));
  if (framework) return { pattern: framework, because: 'the services framework asks every service on this subject' };
  const account = accountOf(conf, owner);
  const services = account ? exportsOf(account).filter(({ kind }) => kind === 'service') : [];
  for (const { subject } of services) {
    const pattern = allow.find(one => !/^[*>]/.test(one.subject) && subjectsOverlap(one.subject, subject.value));
    if (pattern) return { pattern, because: `the account exports \`${subject.value}\` as a service` };
  }
  return undefined;
}

function report(conf: NatsConf, publish: Direction, { pattern, because }: Service): Report {
  const fix: Fix = {
    title: 'Add allow_responses',
    safety: 'unsafe',
    edits: () => [insertPairs(conf, publish.setting, ['allow_responses: true'])],
  };
  return {
    ...publish.setting.entry.keyAt,
    message: `This login hears requests (${because}) and may not publish to any inbox, so whoever asks waits for a reply in vain. Add \`allow_responses: true\`, which lets it answer what it has received and nothing else.`,
    related: [{ ...pattern.value.at, message: 'Here it hears the requests.' }],
    ...(publish.setting.block.map.via ? {} : { fix }),
  };
}
