// Two limits that contradict each other.
import type { Fix } from '../../lint/finding.ts';
import { defineRule } from '../../lint/rule.ts';
import { type Setting, settingOf } from '../blocks.ts';
import { parseDuration } from '../duration.ts';
import { insertPairs } from '../insert-pair.ts';
import type { NatsConf } from '../model.ts';

const defaultMaxPayload = 1024 * 1024;
const defaultMaxPending = 64 * 1024 * 1024;
const second = 1_000_000_000;

export default defineRule<NatsConf>({
  id: 'nats/limits-conflict',
  severity: 'error',
  stage: 'start',
  since: '0.1.0',
  *check(conf) {
    const payload = settingOf(conf.root, 'max_payload');
    const pending = settingOf(conf.root, 'max_pending');
    const largest = payload ? numberOr(defaultMaxPayload, payload.value) : defaultMaxPayload;
    const waiting = pending ? numberOr(defaultMaxPending, pending.value) : defaultMaxPending;
    if (largest !== undefined && waiting !== undefined && largest > waiting && (payload ?? pending)) {
      const text = payload?.value.kind === 'integer' && payload.value.value > 0 ? payload.value.node.source : '1MB';
      yield {
        ...((payload ?? pending) as NonNullable<typeof payload>).value.at,
        ...(payload?.value.via || pending?.value.via ? {} : { fix: raised(conf, payload, pending, text) }),
        message: `A message of ${largest} bytes (\`max_payload\`) would never fit into the ${waiting} bytes that may wait for a client (\`max_pending\`), so nats-server does not start. Lower \`max_payload\` or raise \`max_pending\`.`,
      };
    }
    const grace = settingOf(conf.root, 'lame_duck_grace_period');
    const duration = settingOf(conf.root, 'lame_duck_duration');
    const wait = grace ? nanoseconds(grace.value) : 10 * second;
    const whole = duration ? nanoseconds(duration.value) : 120 * second;
    if (grace && wait !== undefined && whole !== undefined && whole > 0 && wait >= whole) {
      yield {
        ...grace.value.at,
        message:
          'The grace period is a part of the lame duck duration and must be shorter, or nats-server does not start. Shorten it, or lengthen `lame_duck_duration`.',
      };
    }
  },
});

/** What is sent counts: room for it is made. */
function raised(conf: NatsConf, payload: Setting | undefined, pending: Setting | undefined, text: string): Fix {
  const title = pending ? `Raise max_pending to ${text}` : `Add max_pending: ${text}`;
  if (pending) return { title, safety: 'unsafe', edits: () => [{ ...pending.value.at, newText: text }] };
  return { title, safety: 'unsafe', edits: () => (payload ? [insertPairs(conf, payload, [`max_pending: ${text}`])] : []) };
}

type Value = NonNullable<ReturnType<typeof settingOf>>['value'];

/** 0 means the default. */
function numberOr(otherwise: number, value: Value): number | undefined {
  return value.kind === 'integer' ? value.value || otherwise : undefined;
}

function nanoseconds(value: Value): number | undefined {
  if (value.kind === 'integer') return value.value * second;
  return value.kind === 'string' ? parseDuration(value.value) : undefined;
}
