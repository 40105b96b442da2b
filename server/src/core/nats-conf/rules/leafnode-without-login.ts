// A remote that logs in with nothing only works where the hub lets everybody in.
import { defineRule } from '../../lint/rule.ts';
import { parseUrl } from '../../nats-auth/go-url.ts';
import { type Block, blockOf, isGiven, mayHold, settingOf } from '../blocks.ts';
import { insertPairs } from '../insert-pair.ts';
import { reachOfHost } from '../listeners.ts';
import { blocksNamed, type NatsConf } from '../model.ts';
import { isPlaceholder, stringsIn } from '../strings.ts';

export default defineRule<NatsConf>({
  id: 'nats/leafnode-without-login',
  severity: 'warning',
  since: '0.1.0',
  *check(conf) {
    for (const remote of blocksNamed(conf, 'leafnode_remote')) {
      const urls = settingOf(remote, 'url');
      if (!urls || mayHold(remote) || remote.unknown.length > 0 || isDisabled(remote) || logsIn(remote)) continue;
      const anonymous = [...stringsIn(urls.value)].filter(({ value }) => isAnonymous(value));
      const [first] = anonymous;
      const all = urls.value.kind === 'array' ? urls.value.items.length : 1;
      if (!first || anonymous.length < all) continue;
      yield {
        ...first.at,
        message:
          'This remote logs in with nothing, so it only works where the hub takes leafnodes without a login, and then everyone who reaches that port gets all of the account. Give it `credentials` or an `nkey`, and let the hub ask for them.',
        // The file is for the person to name.
        fix: { title: 'Add credentials', safety: 'unsafe', edits: () => [insertPairs(conf, urls, ['credentials: "./leaf.creds"'])] },
      };
    }
  },
});

function isDisabled(remote: Block): boolean {
  const value = settingOf(remote, 'disabled')?.value;
  return value?.kind === 'boolean' && value.value;
}

/** By a file, a key, or the certificate that it shows. */
function logsIn(remote: Block): boolean {
  if (isGiven(settingOf(remote, 'credentials')) || isGiven(settingOf(remote, 'nkey'))) return true;
  const tls = settingOf(remote, 'tls');
  const block = blockOf(remote, 'tls');
  if (!tls) return false;
  return !block || mayHold(block) || ['cert_file', 'certs', 'cert_store'].some(key => settingOf(block, key) !== undefined);
}

/** Neither a name nor a password in the URL, of a hub on another machine. */
function isAnonymous(text: string): boolean {
  const url = parseUrl(text.trim());
  if (typeof url === 'string' || url.userInfo || isPlaceholder(text)) return false;
  return reachOfHost(url.host.replace(/:\d*$/, '')) === 'network';
}
