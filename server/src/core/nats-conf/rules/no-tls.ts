// Without TLS, passwords and tokens cross the network in clear text.
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { type Block, blockOf, blocksOf, isGiven, mayHold, settingOf } from '../blocks.ts';
import { isReadable } from '../client-access.ts';
import { isOnOneMachine, type Listener, listenersOf } from '../listeners.ts';
import type { NatsConf } from '../model.ts';
import { indentAt, textOfFile } from '../source-edits.ts';
import { operatorSetting } from '../startup.ts';

export default defineRule<NatsConf>({
  id: 'nats/no-tls',
  severity: 'warning',
  since: '0.1.0',
  *check(conf) {
    if (!isReadable(conf)) return;
    for (const listener of listenersOf(conf)) {
      if (listener.reach !== 'network' || settingOf(listener.block, 'tls') || mayHold(listener.block)) continue;
      if (listener.kind === 'websocket') yield* websocket(conf, listener);
      else yield* plain(conf, listener);
    }
  },
});

const clients: Readonly<Record<Listener['kind'], string>> = {
  client: 'clients',
  websocket: 'WebSocket clients',
  mqtt: 'MQTT clients',
  leafnodes: 'leafnodes',
};

/** Without `no_tls` the listener does not start, which is for another rule. */
function* websocket(conf: NatsConf, { block }: Listener): Generator<Report> {
  const setting = settingOf(block, 'no_tls');
  if (setting?.value.kind !== 'boolean' || !setting.value.value) return;
  yield {
    ...setting.entry.keyAt,
    message:
      'This WebSocket listener is reachable without TLS, so whatever browsers send, logins included, can be read and changed on the way. Add a `tls` block, or listen on 127.0.0.1 behind a proxy that ends TLS.',
    fix: tlsFix(conf, setting.entry.keyAt.file, setting.entry.node.span, true),
  };
}

function* plain(conf: NatsConf, { kind, block, setting }: Listener): Generator<Report> {
  const secret = secretSentTo(conf, kind, block);
  // Where neither an address nor a name stands, another file may say more about the server.
  const place = setting ?? (kind === 'client' ? settingOf(conf.root, 'server_name') : block.setting);
  if (!secret || !place) return;
  yield {
    ...place.entry.keyAt,
    ...(isOnOneMachine(conf) ? { severity: 'information' as const } : {}),
    message: `There is no TLS here, so the ${secret} of ${clients[kind]} crosses the network in clear text for everyone on the way. Add a \`tls\` block, or listen on 127.0.0.1 only.`,
    fix: tlsFix(conf, place.entry.keyAt.file, place.entry.node.span, false),
  };
}

/** What the other side must send to log in; undefined where it sends nothing that could be used again, as with nkeys. */
function secretSentTo(conf: NatsConf, kind: Listener['kind'], block: Block): 'password' | 'token' | undefined {
  if (operatorSetting(conf)) return undefined;
  const own = blockOf(block, 'authorization');
  const ownUsers = kind === 'client' ? [] : blocksOf(own, 'users');
  if (isGiven(settingOf(own, 'token'))) return 'token';
  if ([own, ...ownUsers].some(user => isGiven(settingOf(user, 'password')) && isGiven(settingOf(user, 'user')))) return 'password';
  if (kind === 'leafnodes' && own) return undefined;
  if (isGiven(settingOf(blockOf(conf.root, 'authorization'), 'token'))) return 'token';
  return conf.users.some(user => isGiven(settingOf(user.block, 'password'))) ||
    isGiven(settingOf(blockOf(conf.root, 'authorization'), 'password'))
    ? 'password'
    : undefined;
}

/** The block goes in front of a pair, or takes its place; the files of the certificate are for the person to name. */
function tlsFix(conf: NatsConf, file: string, span: { readonly start: number; readonly end: number }, replace: boolean): Fix {
  return {
    title: 'Add a tls block',
    safety: 'unsafe',
    edits() {
      const indent = indentAt(textOfFile(conf, file), span.start);
      const block = [`tls {`, `${indent}  cert_file: "./server.crt"`, `${indent}  key_file: "./server.key"`, `${indent}}`].join('\n');
      return replace
        ? [{ file, span, newText: block }]
        : [{ file, span: { start: span.start, end: span.start }, newText: `${block}\n${indent}` }];
    },
  };
}
