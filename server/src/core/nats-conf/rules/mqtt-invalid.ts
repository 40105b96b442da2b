// What stops the start of a server with an MQTT listener.
import { behaves } from '../../facts/nats-behaviors.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { blockOf, blocksOf, isGiven, settingOf } from '../blocks.ts';
import { insertPairs } from '../insert-pair.ts';
import { mixedWithUsers } from '../listener-authorization.ts';
import type { NatsConf } from '../model.ts';
import { isWhole, jetStream, listenerOf, listens } from '../startup.ts';
import type { Place } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/mqtt-invalid',
  severity: 'error',
  stage: 'start',
  since: '0.1.0',
  *check(conf) {
    const mqtt = blockOf(conf.root, 'mqtt');
    const listener = listenerOf(mqtt);
    if (!mqtt || !listener) return;
    const at = mqtt.setting?.entry.keyAt ?? listener.entry.keyAt;
    yield* name(conf, at);
    yield* mixedWithUsers(conf, mqtt, 'MQTT');
    yield* storage(conf, at);
    for (const key of ['ack_wait', 'js_api_timeout']) {
      const setting = settingOf(mqtt, key);
      const negative =
        setting?.value.kind === 'string' ? /^-/.test(setting.value.value) : setting?.value.kind === 'integer' && setting.value.value < 0;
      if (setting?.available && negative) {
        yield {
          ...setting.value.at,
          message: `\`${setting.entry.key}\` is a time and must not be negative, or nats-server does not start. Write a duration such as "30s".`,
        };
      }
    }
    const [consumers, streams] = ['consumer_replicas', 'stream_replicas'].map(key => settingOf(mqtt, key)?.value);
    if (behaves(conf.version, 'mqtt-consumer-replicas-ignored') || consumers?.kind !== 'integer' || streams?.kind !== 'integer') return;
    if (streams.value > 0 && consumers.value > streams.value) {
      yield {
        ...consumers.at,
        message:
          'A consumer cannot have more copies than its stream, so nats-server does not start. Lower `consumer_replicas` or raise `stream_replicas`.',
      };
    }
  },
});

function* name(conf: NatsConf, at: Place): Generator<Report> {
  if (isGiven(settingOf(conf.root, 'server_name')) || !isWhole(conf)) return;
  const clustered = listens(conf, 'cluster') || listens(conf, 'gateway');
  const aloneIsFine = behaves(conf.version, 'mqtt-alone-without-name');
  if (aloneIsFine && !clustered) return;
  yield {
    ...at,
    message: `MQTT sessions are kept under the name of the server, so nats-server does not start an MQTT listener${aloneIsFine ? ' in a cluster' : ''} without \`server_name\`. Add a name that no other server of the cluster has.`,
  };
}

function* storage(conf: NatsConf, at: Place): Generator<Report> {
  if (jetStream(conf) !== 'off' || !isWhole(conf)) return;
  if ((['cluster', 'gateway', 'leafnodes'] as const).some(key => listens(conf, key))) return;
  const leafnodes = blockOf(conf.root, 'leafnodes');
  // A line that is there already is to be changed, and how depends on what it says.
  const mqtt = settingOf(conf.root, 'jetstream') ? undefined : settingOf(conf.root, 'mqtt');
  const remotes = settingOf(leafnodes, 'remotes');
  if (remotes && (remotes.value.kind === 'unknown' || blocksOf(leafnodes, 'remotes').length > 0)) return;
  yield {
    ...at,
    message:
      'MQTT keeps its sessions and messages in JetStream, which this server does not have, so nats-server does not start. Add `jetstream: enabled` or a `jetstream` block.',
    ...(mqtt
      ? { fix: { title: 'Add jetstream: enabled', safety: 'unsafe', edits: () => [insertPairs(conf, mqtt, ['jetstream: enabled'])] } }
      : {}),
  };
}
