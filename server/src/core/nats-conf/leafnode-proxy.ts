// What nats-server refuses about the proxy of a leafnode's remote; it grew over the releases.
import { behaves } from '../facts/nats-behaviors.ts';
import type { Release } from '../facts/nats-release.ts';
import type { Report } from '../lint/rule.ts';
import { parseUrl } from '../nats-auth/go-url.ts';
import { type Block, blockOf, isGiven, mayHold, type Setting, settingOf } from './blocks.ts';
import { parseDuration } from './duration.ts';
import { stringsIn } from './strings.ts';
import type { EvaluatedString } from './values.ts';

/** Options that say how to reach the proxy, and so make sense with its `url` only. */
const proxyOptions = ['username', 'password', 'timeout', 'tls'];

/** Everything that a server of this version refuses, or warns of, in the `proxy` of a remote. */
export function* judgeProxy(remote: Block, version: Release): Generator<Report> {
  const head = settingOf(remote, 'proxy');
  const proxy = blockOf(remote, 'proxy');
  if (!proxy || !head?.available) return;
  const anyUrl = behaves(version, 'proxy-for-any-url');
  const url = settingOf(proxy, 'url');
  if (!url || (url.value.kind === 'string' && url.value.value === '')) {
    if (anyUrl && hasOptions(proxy) && !mayHold(proxy)) {
      yield {
        ...head.entry.keyAt,
        message: 'A proxy without `url` cannot be reached, so nats-server refuses the configuration. Write `url: "http://HOST:PORT"`.',
      };
    }
    return;
  }
  if (url.value.kind === 'string') yield* judgeUrl(proxy, url.value);
  yield* judgeLogin(proxy);
  yield* judgeTargets(remote, head, anyUrl);
}

function hasOptions(proxy: Block): boolean {
  return proxyOptions.some(key => {
    const setting = settingOf(proxy, key);
    return setting?.available && (setting.value.kind === 'map' || setting.value.kind === 'integer' || isGiven(setting));
  });
}

function* judgeUrl(proxy: Block, value: EvaluatedString): Generator<Report> {
  const url = parseUrl(value.value);
  if (typeof url === 'string' || (url.scheme !== 'http' && url.scheme !== 'https') || url.host === '') {
    yield {
      ...value.at,
      message:
        'A proxy is reached by an http or https URL with a host, so nats-server refuses the configuration. Write "http://HOST:PORT".',
    };
    return;
  }
  const tls = settingOf(proxy, 'tls');
  if (tls?.available && tls.value.kind === 'map' && url.scheme !== 'https') {
    yield {
      ...tls.entry.keyAt,
      message: '`tls` is for a proxy that is reached by https, so nats-server refuses the configuration. Remove it, or write an https URL.',
    };
  }
}

function* judgeLogin(proxy: Block): Generator<Report> {
  const [name, password, timeout] = ['username', 'password', 'timeout'].map(key => settingOf(proxy, key));
  const one = isGiven(name) ? name : password;
  if (isGiven(name) !== isGiven(password) && one && !mayHold(proxy)) {
    yield {
      ...one.entry.keyAt,
      message: 'A proxy takes `username` and `password` together, so nats-server refuses the configuration. Write both, or none.',
    };
  }
  if (timeout?.value.kind === 'string' && (parseDuration(timeout.value.value) ?? 0) < 0) {
    yield {
      ...timeout.value.at,
      message: 'A time limit cannot be negative, so nats-server refuses the configuration. Write for instance "5s".',
    };
  }
}

/** Older servers use the proxy for WebSocket only and warn about other URLs, which makes a check fail. */
function* judgeTargets(remote: Block, head: Setting, anyUrl: boolean): Generator<Report> {
  const urls = settingOf(remote, 'url');
  if (!urls) return;
  let other = false;
  for (const value of stringsIn(urls.value)) {
    const target = parseUrl(value.value.trim());
    const scheme = typeof target === 'string' ? '' : target.scheme;
    if (scheme !== 'ws' && scheme !== 'wss') other = true;
    if (scheme !== 'wss' || settingOf(remote, 'tls')) continue;
    yield {
      ...value.at,
      message:
        'Through a proxy, a wss URL needs `tls` in the remote, so nats-server refuses the configuration. Add `tls {}` to the remote.',
    };
  }
  if (!other || anyUrl) return;
  yield {
    ...head.entry.keyAt,
    severity: 'warning',
    message:
      'This version of nats-server uses a proxy for ws and wss URLs only: it warns about others, and a check of the file with -t fails. Write ws URLs, or update to 2.14.8 or 2.15.1.',
  };
}
