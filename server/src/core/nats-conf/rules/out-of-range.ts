// Numbers outside of what nats-server takes.

import { behaves } from '../../facts/nats-behaviors.ts';
import type { Report } from '../../lint/rule.ts';
import { defineRule } from '../../lint/rule.ts';
import { judgePorts } from '../addresses-start.ts';
import { type Setting, settingOf } from '../blocks.ts';
import { formatSeconds, parseDuration } from '../duration.ts';
import { misfitsOf } from '../misfits.ts';
import { type NatsConf, settingsNamed } from '../model.ts';
import { quoted } from '../source-edits.ts';
import type { EvaluatedValue } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/out-of-range',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    for (const { setting, misfit } of misfitsOf(conf, 'out-of-range')) {
      const { file, span } = misfit.value.at;
      yield {
        file,
        span,
        message: `\`${setting.entry.key}\` must be ${limits(setting)}, so nats-server refuses the configuration. Write a value within these limits.`,
        ...nearest(setting, misfit.value),
      };
    }
    for (const setting of settingsNamed(conf, 'authorization.timeout', 'leafnode_authorization.timeout', 'cluster.ping_interval')) {
      yield* warningsOf(conf, setting);
    }
    yield* judgePorts(conf);
    yield* judgeCounts(conf);
  },
});

/** The limit that was passed; behind a variable the value may be meant for others too. */
function nearest({ option: { min, max } }: Setting, value: EvaluatedValue): Pick<Report, 'fix'> {
  const seconds = value.kind === 'string' ? parseDuration(value.value) : undefined;
  const number = value.kind === 'integer' || value.kind === 'float' ? value.value : seconds === undefined ? undefined : seconds / 1e9;
  if (number === undefined || value.via) return {};
  const limit = min !== undefined && number < min ? min : max;
  if (limit === undefined) return {};
  const newText = seconds === undefined ? String(limit) : quoted(formatSeconds(limit));
  return { fix: { title: `Write ${newText}`, safety: 'unsafe', edits: () => [{ ...value.at, newText }] } };
}

function limits({ option: { min, max, unit } }: Setting): string {
  const name = (value: number) => (unit === 'seconds' ? `${value} seconds` : unit === 'bytes' ? `${value} bytes` : String(value));
  if (min === undefined) return `at most ${name(max ?? 0)}`;
  return max === undefined ? `at least ${name(min)}` : `from ${name(min)} to ${name(max)}`;
}

/** Numbers of things that cannot be fewer than none: the server reserves room for them when it starts, and fails. */
function* judgeCounts({ root }: NatsConf): Generator<Report> {
  const setting = settingOf(root, 'max_closed_clients');
  if (setting?.value.kind !== 'integer' || setting.value.value >= 0 || !setting.available) return;
  yield {
    ...setting.value.at,
    stage: 'start',
    message: `\`${setting.entry.key}\` is how many ended connections are remembered; nats-server crashes at the start with fewer than none. Write 0 or more.`,
  };
}

/** Values that a server takes with a warning, which makes a check of the file fail. */
function* warningsOf(conf: NatsConf, { block, option, value }: Setting): Generator<Report> {
  const seconds = secondsOf(value);
  if (seconds === undefined) return;
  const { file, span } = value.at;
  const place = { file, span, severity: 'warning' as const };
  const login = option.key === 'timeout' && (block.fact.name === 'authorization' || block.fact.name === 'leafnode_authorization');
  if (login && seconds > 60 && behaves(conf.version, 'auth-timeout-warning')) {
    const suffix =
      value.kind === 'integer' && value.node.suffix ? ` (\`${value.node.source}\` without quotes is the number ${value.value})` : '';
    yield {
      ...place,
      message: `This gives clients ${seconds} seconds to log in${suffix}: nats-server warns, and a check of the file with -t fails. Keep it under 60 seconds, and write durations in quotes.`,
    };
  }
  if (
    option.key === 'ping_interval' &&
    block.fact.name === 'cluster' &&
    seconds > 30 &&
    behaves(conf.version, 'cluster-ping-interval-warning')
  ) {
    yield {
      ...place,
      message:
        'Routes are pinged at least every 30 seconds: nats-server warns, uses 30 seconds, and a check of the file with -t fails. Write "30s" or less.',
    };
  }
}

function secondsOf(value: Setting['value']): number | undefined {
  if (value.kind === 'integer' || value.kind === 'float') return value.value;
  const nanoseconds = value.kind === 'string' ? parseDuration(value.value) : undefined;
  return nanoseconds === undefined ? undefined : nanoseconds / 1e9;
}
