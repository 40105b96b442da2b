// What stops the start of a server with a WebSocket listener.
import { behaves } from '../../facts/nats-behaviors.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { parseUrl } from '../../nats-auth/go-url.ts';
import { type Block, blockOf, holdsStrings, isGiven, settingOf } from '../blocks.ts';
import { mixedWithUsers } from '../listener-authorization.ts';
import type { NatsConf } from '../model.ts';
import { indentAt, quoted, removePair, textOfFile } from '../source-edits.ts';
import { isWhole, listenerOf, operatorSetting } from '../startup.ts';
import { stringsIn } from '../strings.ts';
import type { EvaluatedString } from '../values.ts';

const forbiddenHeader = /^(host|content-length|connection|upgrade|nats-no-masking|sec-websocket-.*)$/i;

export default defineRule<NatsConf>({
  id: 'nats/websocket-invalid',
  severity: 'error',
  stage: 'start',
  since: '0.1.0',
  *check(conf) {
    const websocket = blockOf(conf.root, 'websocket');
    if (!websocket || !listenerOf(websocket)) return;
    yield* encryption(conf, websocket);
    yield* origins(conf, websocket);
    yield* mixedWithUsers(conf, websocket, 'WebSocket');
    yield* cookie(conf, websocket);
    yield* headers(conf, websocket);
  },
});

function* encryption(conf: NatsConf, websocket: Block): Generator<Report> {
  const unencrypted = settingOf(websocket, 'no_tls')?.value;
  const allowed = unencrypted && (unencrypted.kind !== 'boolean' || unencrypted.value);
  if (settingOf(websocket, 'tls') || allowed || websocket.map.incomplete || !websocket.setting) return;
  const { keyAt } = websocket.setting.entry;
  const { node, origin } = websocket.map;
  yield {
    ...keyAt,
    message:
      'Browsers would send their credentials in clear text, so nats-server does not start a WebSocket listener without TLS. Add a `tls` block, or `no_tls: true` where something in front of it ends TLS.',
    fix: {
      title: 'Add a tls block',
      safety: 'unsafe',
      edits() {
        const text = textOfFile(conf, origin.file);
        const outer = indentAt(text, node.span.start);
        const open = text.indexOf('{', node.span.start) + 1;
        const lines = [`  tls {`, `    cert_file: "./server.crt"`, `    key_file: "./server.key"`, `  }`];
        const rest = /^[ \t]*\r?\n/.test(text.slice(open)) ? '' : `\n${outer}  `;
        return [
          {
            file: origin.file,
            span: { start: open, end: open + (rest ? (/^[ \t]*/.exec(text.slice(open))?.[0].length ?? 0) : 0) },
            newText: `${lines.map(line => `\n${outer}${line}`).join('')}${rest}`,
          },
        ];
      },
    },
  };
}

function* origins(conf: NatsConf, websocket: Block): Generator<Report> {
  const wholeUrls = behaves(conf.version, 'allowed-origins-refused');
  const value = settingOf(websocket, 'allowed_origins')?.value;
  for (const item of value ? stringsIn(value) : []) {
    const url = parseUrl(item.value);
    if (typeof url !== 'string' && (!wholeUrls || (/^https?$/.test(url.scheme) && url.host !== ''))) continue;
    yield {
      ...item.at,
      message:
        'An allowed origin is compared with what a browser sends, a whole URL, so nats-server does not start with this one. Write it with its scheme, for instance "https://app.example.com".',
      ...withScheme(item),
    };
  }
}

/** A host, with its port or without, lacks nothing but the scheme. */
function withScheme({ value, at, via }: EvaluatedString): Pick<Report, 'fix'> {
  if (via || !/^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d+)?$/.test(value)) return {};
  const newText = quoted(`https://${value}`);
  return { fix: { title: `Write ${newText}`, safety: 'unsafe', edits: () => [{ ...at, newText }] } };
}

function* cookie(conf: NatsConf, websocket: Block): Generator<Report> {
  const setting = settingOf(websocket, 'jwt_cookie');
  if (!isGiven(setting) || operatorSetting(conf) || holdsStrings(settingOf(conf.root, 'trusted_keys')) || !isWhole(conf)) return;
  yield {
    ...setting.entry.keyAt,
    message:
      'A JWT in a cookie can only be checked against an operator or trusted keys, and there are none, so nats-server does not start. Add `operator` with a `resolver`, or remove `jwt_cookie`.',
  };
}

function* headers(conf: NatsConf, websocket: Block): Generator<Report> {
  const setting = settingOf(websocket, 'headers');
  if (!setting?.available || setting.value.kind !== 'map') return;
  for (const entry of setting.value.entries.values()) {
    if (!forbiddenHeader.test(entry.key)) continue;
    yield {
      ...entry.keyAt,
      message: `\`${entry.key}\` belongs to the WebSocket handshake itself, so nats-server does not start when a configuration sets it. Remove it.`,
      fix: { title: `Remove ${entry.key}`, safety: 'safe', edits: () => [removePair(conf, entry.keyAt.file, entry.node.span)] },
    };
  }
}
