// A token is a bearer credential: whoever has read it once is everybody who uses it.
import { defineRule } from '../../lint/rule.ts';
import { type Block, isGiven, type Setting, settingOf } from '../blocks.ts';
import { reachOf } from '../listeners.ts';
import { type NatsConf, settingsNamed } from '../model.ts';
import { refusedBetweenServers } from '../server-authorization.ts';

export default defineRule<NatsConf>({
  id: 'nats/bearer-token',
  severity: 'warning',
  since: '0.1.0',
  *check(conf) {
    for (const setting of settingsNamed(conf, 'authorization.token', 'simple_authorization.token')) {
      const listener = setting.block.setting?.block;
      if (!isGiven(setting) || !listener || isRefused(listener, setting)) continue;
      const inClear = reachOf(listener) === 'network' && !settingOf(listener, 'tls') && !listener.map.incomplete;
      yield {
        ...setting.entry.keyAt,
        message: `All clients share this one token, ${inClear ? 'and without TLS it crosses the network in clear text, so whoever reads it once on the way' : 'and sending it proves nothing, so whoever has read it once'} is any of them. Give each client a user of its own with an nkey: \`users: [ { nkey: U… } ]\`.`,
      };
    }
  },
});

/** Between servers a token is refused, which is for another rule. */
function isRefused(owner: Block, setting: Setting): boolean {
  return (
    owner.fact.name !== 'server' &&
    refusedBetweenServers(owner).some(refused => refused.setting === setting) &&
    /^(cluster|gateway)$/.test(owner.fact.name)
  );
}
