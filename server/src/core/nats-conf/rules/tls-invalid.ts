// Combinations inside of a `tls` block that nats-server refuses when it reads the configuration.
import { behaves } from '../../facts/nats-behaviors.ts';
import { knows, valuesOf } from '../../facts/nats-values.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { type Block, isGiven, mayHold, settingOf } from '../blocks.ts';
import { blocksNamed, type NatsConf } from '../model.ts';
import { removePair } from '../source-edits.ts';
import { stringsIn } from '../strings.ts';

export default defineRule<NatsConf>({
  id: 'nats/tls-invalid',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    for (const block of blocksNamed(conf, 'tls')) {
      yield* certificates(block);
      yield* knownUrls(conf, block);
      yield* emptyLists(conf, block);
      yield* windowsOnly(block);
      yield* emptyMatch(block);
      yield* insecureCiphers(conf, block);
      yield* peerWithoutVerify(conf, block);
    }
  },
});

/** A certificate and its key go together, and come from one source only. */
function* certificates(block: Block): Generator<Report> {
  const [cert, key, store, certs] = ['cert_file', 'key_file', 'cert_store', 'certs'].map(name => settingOf(block, name));
  const list = certs?.value.kind === 'array' && certs.value.items.length > 0 ? certs : undefined;
  if (isGiven(cert) && list) {
    yield {
      ...cert.entry.keyAt,
      message:
        '`cert_file` and `certs` cannot be used together, so nats-server refuses the configuration. Put this pair into `certs`, or remove the list.',
      related: [{ ...list.entry.keyAt, message: 'The list stands here.' }],
    };
  } else if (isGiven(cert) && isGiven(store)) {
    yield {
      ...cert.entry.keyAt,
      message: '`cert_file` and `cert_store` cannot be used together, so nats-server refuses the configuration. Keep one of them.',
      related: [{ ...store.entry.keyAt, message: 'The store stands here.' }],
    };
  } else if (!mayHold(block) && isGiven(cert) !== isGiven(key)) {
    const given = isGiven(cert) ? cert : key;
    // A value of the wrong kind is told by another rule.
    if (!given || (cert?.misfits.length ?? 0) + (key?.misfits.length ?? 0) > 0) return;
    const missing = isGiven(cert) ? 'key_file' : 'cert_file';
    yield {
      ...given.entry.keyAt,
      message: `\`${given.option.key}\` without \`${missing}\` is of no use, so nats-server refuses the configuration. Add \`${missing}\`.`,
    };
  }
}

const serverToServer = new Set(['cluster', 'gateway', 'remote_gateway']);

function* knownUrls(conf: NatsConf, block: Block): Generator<Report> {
  const setting = settingOf(block, 'verify_cert_and_check_known_urls');
  const owner = block.setting?.block.fact.name ?? '';
  if (setting?.value.kind !== 'boolean' || !setting.value.value || serverToServer.has(owner)) return;
  const { entry } = setting;
  yield {
    ...entry.keyAt,
    message:
      '`verify_cert_and_check_known_urls` compares certificates with the URLs of known servers, which only `cluster` and `gateway` have; nats-server refuses the configuration. Write `verify: true` here.',
    fix: {
      title: 'Write verify instead',
      safety: 'unsafe',
      edits: () =>
        settingOf(block, 'verify') ? [removePair(conf, entry.keyAt.file, entry.node.span)] : [{ ...entry.keyAt, newText: 'verify' }],
    },
  };
}

function* emptyLists(conf: NatsConf, block: Block): Generator<Report> {
  for (const key of ['cipher_suites', 'curve_preferences']) {
    const setting = settingOf(block, key);
    if (setting?.value.kind !== 'array' || setting.value.items.length > 0) continue;
    const { entry } = setting;
    yield {
      ...entry.keyAt,
      message: `An empty list of \`${key}\` would leave nothing to choose from, so nats-server refuses the configuration. Remove it to get the defaults.`,
      fix: { title: `Remove ${key}`, safety: 'safe', edits: () => [removePair(conf, entry.keyAt.file, entry.node.span)] },
    };
  }
}

/** Only a warning, since nobody can see here which system the server runs on. */
function* windowsOnly(block: Block): Generator<Report> {
  const setting = settingOf(block, 'cert_store');
  if (!isGiven(setting) || !setting.available) return;
  yield {
    ...setting.entry.keyAt,
    severity: 'warning',
    message:
      'Only Windows has certificate stores; on any other system nats-server refuses the configuration. Write `cert_file` and `key_file` unless the server runs on Windows.',
  };
}

function* emptyMatch(block: Block): Generator<Report> {
  const setting = settingOf(block, 'cert_match');
  if (setting?.value.kind !== 'string' || setting.value.value !== '' || !setting.available) return;
  yield {
    ...setting.value.at,
    message:
      'An empty text matches no certificate, so nats-server refuses the configuration. Write what the certificate is to be found by.',
  };
}

function* insecureCiphers({ version }: NatsConf, block: Block): Generator<Report> {
  const setting = settingOf(block, 'cipher_suites');
  if (!setting || !behaves(version, 'insecure-ciphers-refused')) return;
  const allowed = settingOf(block, 'allow_insecure_cipher_suites');
  if (allowed && (allowed.value.kind !== 'boolean' || allowed.value.value)) return;
  const suites = valuesOf('cipher-suite') ?? [];
  for (const value of stringsIn(setting.value)) {
    if (!suites.some(suite => suite.name === value.value && suite.insecure && knows(version, suite))) continue;
    yield {
      ...value.at,
      message:
        'This cipher suite is broken or weak, so nats-server refuses the configuration. Remove it; if an old client needs it, set `allow_insecure_cipher_suites: true`.',
    };
  }
}

const clientSides = new Set(['server', 'websocket', 'leafnodes', 'mqtt']);

/** Whether a client's certificate was revoked can only be asked where clients show one: checked when the server starts. */
function* peerWithoutVerify({ version }: NatsConf, block: Block): Generator<Report> {
  const setting = settingOf(block, 'ocsp_peer');
  const owner = block.setting?.block.fact.name ?? '';
  if (!setting?.available || !clientSides.has(owner) || block.setting?.option.key !== 'tls' || mayHold(block)) return;
  if (owner === 'mqtt' && !behaves(version, 'ocsp-peer-for-mqtt')) return;
  const inside = settingOf(setting.blocks[0], 'verify')?.value;
  const asks = setting.value.kind === 'boolean' ? setting.value.value : inside?.kind === 'boolean' && inside.value;
  const verified = ['verify', 'verify_and_map'].some(key => {
    const value = settingOf(block, key)?.value;
    return value?.kind === 'unknown' || (value?.kind === 'boolean' && value.value);
  });
  if (!asks || verified) return;
  yield {
    ...setting.entry.keyAt,
    stage: 'start',
    message:
      '`ocsp_peer` asks whether the certificates of clients were revoked, and without `verify` clients show none, so nats-server does not start. Add `verify: true` and `ca_file`.',
  };
}
