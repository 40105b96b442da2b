// The `authorization` of a WebSocket or MQTT listener, which is shut out by users elsewhere; both rules share that.
import type { Report } from '../lint/rule.ts';
import { type Block, blockOf, isGiven, settingOf } from './blocks.ts';
import type { NatsConf } from './model.ts';

/** A user or token of the listener's own beside users of the server. `listener` is its name in words. */
export function* mixedWithUsers(conf: NatsConf, owner: Block, listener: string): Generator<Report> {
  const [first] = conf.users;
  if (!first) return;
  const authorization = blockOf(owner, 'authorization');
  for (const key of ['user', 'token']) {
    const setting = settingOf(authorization, key);
    if (!isGiven(setting)) continue;
    yield {
      ...setting.entry.keyAt,
      message: `A ${key} only for ${listener} clients cannot stand beside the users of the server, so nats-server does not start. Give ${listener} clients a user in that list instead, and remove this one.`,
      related: [{ ...(first.name ?? first.nkey ?? { at: first.block.map.at }).at, message: 'The server has this user.' }],
    };
  }
}
