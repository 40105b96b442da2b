// What nats-server refuses in a `leafnodes` block beyond single values.
import { behaves } from '../../facts/nats-behaviors.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { parseUrl } from '../../nats-auth/go-url.ts';
import { readNkey } from '../../nats-auth/nkey.ts';
import { type Block, blocksOf, isGiven, mayHold, settingOf, stringOf } from '../blocks.ts';
import { judgeProxy } from '../leafnode-proxy.ts';
import { judgeLeafnodeStart } from '../leafnode-start.ts';
import { blocksNamed, type NatsConf } from '../model.ts';
import { removePair, removePairs } from '../source-edits.ts';
import { stringsIn } from '../strings.ts';

export default defineRule<NatsConf>({
  id: 'nats/leafnode-invalid',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    for (const block of blocksNamed(conf, 'leafnode_authorization')) yield* judgeAuthorization(conf, block);
    for (const block of blocksNamed(conf, 'leafnode_remote')) {
      yield* judgeLogin(conf, block);
      yield* judgeProxy(block, conf.version);
    }
    yield* judgeLeafnodeStart(conf);
    if (behaves(conf.version, 'duplicate-remote')) for (const block of blocksNamed(conf, 'leafnodes')) yield* judgeDuplicates(conf, block);
  },
});

function* judgeAuthorization(conf: NatsConf, block: Block): Generator<Report> {
  const users = settingOf(block, 'users');
  const some = users && (users.value.kind === 'unknown' || (users.value.kind === 'array' && users.value.items.length > 0));
  if (!some) return;
  for (const key of ['user', 'nkey']) {
    const single = settingOf(block, key);
    if (!isGiven(single) || !single.available) continue;
    // A password is nobody's without its user.
    const password = key === 'user' ? settingOf(block, 'password') : undefined;
    const pairs = [single, ...(password?.entry.keyAt.file === single.entry.keyAt.file ? [password] : [])];
    yield {
      ...single.entry.keyAt,
      message: `A single ${key} and a list of users cannot be used together, so nats-server refuses the configuration. Keep one of them.`,
      related: [{ ...users.entry.keyAt, message: 'The users stand here.' }],
      fix: {
        title: `Remove ${pairs.map(({ entry }) => entry.key).join(' and ')}`,
        safety: 'unsafe',
        edits: () =>
          removePairs(
            conf,
            single.entry.keyAt.file,
            pairs.map(({ entry }) => entry.node.span),
          ),
      },
    };
  }
}

function* judgeLogin(conf: NatsConf, block: Block): Generator<Report> {
  const [nkey, credentials] = [settingOf(block, 'nkey'), settingOf(block, 'credentials')];
  if (!nkey?.available || nkey.value.kind !== 'string') return;
  const key = readNkey(nkey.value.value);
  if (key?.kind !== 'seed' || key.role !== 'user') {
    const publicKey = key?.kind === 'public' && key.role === 'user';
    yield {
      ...nkey.value.at,
      message: `A remote logs in with the seed of a user (SU…), ${publicKey ? 'and this is the public key' : 'which this is not'}; nats-server refuses the configuration. Write the seed from a variable, or use \`credentials\` with a file.`,
    };
  } else if (isGiven(credentials)) {
    yield {
      ...nkey.entry.keyAt,
      message: 'A remote logs in with credentials or with an nkey, not both, so nats-server refuses the configuration. Keep one of them.',
      related: [{ ...credentials.entry.keyAt, message: 'The credentials stand here.' }],
      fix: {
        title: `Remove ${nkey.entry.key}`,
        safety: 'unsafe',
        edits: () => [removePair(conf, nkey.entry.keyAt.file, nkey.entry.node.span)],
      },
    };
  }
}

function* judgeDuplicates(conf: NatsConf, leafnodes: Block): Generator<Report> {
  const seen = new Map<string, Block>();
  for (const block of blocksOf(leafnodes, 'remotes')) {
    const url = settingOf(block, 'url');
    if (url && url.value.kind !== 'string' && url.value.kind !== 'array') continue;
    const urls = url ? [...stringsIn(url.value)].map(({ value }) => value.trim()) : [];
    const login = stringOf(block, 'credentials')?.value || stringOf(block, 'nkey')?.value || '';
    const unknown = block.settings.some(({ value }) => value.kind === 'unknown') || mayHold(block);
    if (unknown) continue;
    const account = stringOf(block, 'account')?.value || '$G';
    const written = JSON.stringify([urls, account, login]);
    // When the server starts, URLs without a port get the default one, and the names are compared again.
    const whole = JSON.stringify([urls.map(withPort), account, login]);
    const first = seen.get(written) ?? seen.get(`start ${whole}`);
    if (first) {
      yield {
        ...(url?.value.at ?? block.map.at),
        ...(seen.has(written) ? {} : { stage: 'start' as const }),
        message:
          'The same remote with the same account and login is there twice, so nats-server refuses the configuration. Remove one, or give them different accounts.',
        related: [{ ...(settingOf(first, 'url')?.value.at ?? first.map.at), message: 'It stands here first.' }],
        fix: { title: 'Remove this remote', safety: 'unsafe', edits: () => [removePair(conf, block.map.at.file, block.map.at.span)] },
      };
    }
    for (const name of [written, `start ${whole}`]) if (!seen.has(name)) seen.set(name, block);
  }
}

const defaultLeafnodePort = 7422;

function withPort(text: string): string {
  const url = parseUrl(text);
  return typeof url === 'string' || /:\d+$/.test(url.host) ? text : text.replace(url.host, `${url.host}:${defaultLeafnodePort}`);
}
