// A permission for everything is no permission: what one stolen login may do is then what everybody may do.
import { defineRule, type Report } from '../../lint/rule.ts';
import { byPart } from '../by-part.ts';
import type { NatsConf } from '../model.ts';
import { type Direction, isAdministrator, type Pattern, type Permissions, remarkablePermissions } from '../permissions.ts';

export default defineRule<NatsConf>({
  id: 'nats/permission-too-broad',
  severity: 'warning',
  since: '0.1.0',
  check: byPart(function* (conf) {
    for (const permissions of remarkablePermissions(conf)) {
      // Few name anything broad, so that the owners of all others need no look.
      if (!permissions.directions.some(({ allow }) => allow.some(isBroad)) || isAdministrator(conf, permissions)) continue;
      for (const direction of permissions.directions) {
        if (direction.deny.length > 0 || direction.unknown || isReader(permissions, direction)) continue;
        for (const pattern of direction.allow) yield* judge(direction, pattern);
      }
    }
  }),
});

/** Whether it may be more than a part of an account. */
function isBroad({ subject }: Pattern): boolean {
  return subject.startsWith('$') || subject === '>' || subject.startsWith('*');
}

/** Who may publish nothing is there to look on. */
function isReader({ directions }: Permissions, { name }: Direction): boolean {
  const publish = directions.find(direction => direction.name === 'publish');
  return name === 'subscribe' && publish !== undefined && publish.deny.some(({ subject }) => subject === '>');
}

function* judge({ name, setting }: Direction, { subject, value }: Pattern): Generator<Report> {
  const everything = subject === '>' || subject === '*.>';
  if (everything) {
    const harm =
      name === 'publish' ? 'can write to every subject of the account' : 'reads every message of the account, replies to others included';
    yield {
      ...value.at,
      message: `\`${subject}\` is every subject, so whoever gets hold of this login ${harm}. Name the subjects that it needs, for instance "orders.>".`,
    };
  } else if (name === 'subscribe' && subject === '*') {
    yield {
      ...value.at,
      message:
        '`*` looks like subjects of one token, but nats-server also accepts a subscription to `>` under it, so this login reads every message of the account. Name the subjects that it needs, or deny "*.>" beside it.',
    };
  } else if (name === 'publish' && /^\$(JS|JS\.API|SYS|SYS\.REQ)\.>$/.test(subject)) {
    const power = subject.startsWith('$JS')
      ? 'delete and purge every stream of the account'
      : 'give orders to the server, where its account is the system account';
    yield {
      ...value.at,
      severity: 'information',
      message: `\`${subject}\` is for administrators: with it, this login can ${power}. Name the requests that ${setting.block.setting?.block.fact.name === 'user' ? 'the user' : 'users'} must make, for instance "$JS.API.CONSUMER.MSG.NEXT.ORDERS.*".`,
    };
  }
}
