// Publishing and subscribing are limited apart from each other: a direction that is not mentioned is not limited at all.
import type { Fix } from '../../lint/finding.ts';
import { defineRule } from '../../lint/rule.ts';
import { mayHold } from '../blocks.ts';
import { byPart } from '../by-part.ts';
import { insertPairs } from '../insert-pair.ts';
import type { NatsConf } from '../model.ts';
import { allowsResponses, clientPermissions, type Direction, isAdministrator } from '../permissions.ts';

export default defineRule<NatsConf>({
  id: 'nats/one-direction-open',
  severity: 'information',
  since: '0.1.0',
  check: byPart(function* (conf) {
    for (const permissions of clientPermissions(conf)) {
      const { block, directions } = permissions;
      const only = directions[0];
      if (!only || directions.length > 1 || mayHold(block) || block.unknown.length > 0 || isAdministrator(conf, permissions)) continue;
      if (!isLimit(only) || (only.name === 'subscribe' && allowsResponses(block))) continue;
      yield {
        ...only.setting.entry.keyAt,
        message: `Only ${only.name === 'publish' ? 'publishing' : 'subscribing'} is limited here, and nats-server limits nothing that is not mentioned, so this login may ${told[only.name]}. ${advice[only.name]}`,
        fix: closeFix(conf, only),
      };
    }
  }),
});

/** A list of what is allowed shows that everything else is not; denials alone leave the rest open on purpose. */
function isLimit({ allow, unknown, setting }: Direction): boolean {
  return allow.length > 0 && !unknown && setting.misfits.length === 0 && !allow.some(({ subject }) => subject === '>');
}

const told = {
  publish: 'read every message of the account, replies to others included',
  subscribe: 'write to every subject of the account',
};

const advice = {
  publish: 'Add `subscribe: "_INBOX.>"` for one that makes requests, or `subscribe: { deny: ">" }` for one that only sends.',
  subscribe: 'Add `publish: { deny: ">" }` for one that only listens, or `allow_responses: true` for one that answers requests.',
};

/** What else a client does is not in the text, so that the person has to look. */
function closeFix(conf: NatsConf, { name, setting }: Direction): Fix[] {
  const pairs =
    name === 'publish' ? ['subscribe: "_INBOX.>"', 'subscribe: { deny: ">" }'] : ['publish: { deny: ">" }', 'allow_responses: true'];
  return pairs.map(pair => ({ title: `Add ${pair}`, safety: 'unsafe', edits: () => [insertPairs(conf, setting, [pair])] }));
}
