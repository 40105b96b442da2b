// Monitoring and profiling ask nobody for a login: what they show is for everyone who reaches the port.
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { type Setting, settingOf } from '../blocks.ts';
import { hostIn, reachOf, reachOfHost } from '../listeners.ts';
import { loopbackEdits } from '../loopback-edits.ts';
import type { NatsConf } from '../model.ts';

export default defineRule<NatsConf>({
  id: 'nats/plain-http-monitoring',
  severity: 'information',
  since: '0.1.0',
  *check({ root }) {
    for (const key of ['http', 'http_port']) {
      const setting = settingOf(root, key);
      if (!setting || !isOn(setting)) continue;
      const host = hostIn(setting);
      // Without a host of its own it listens where the server does.
      const reach = host ? reachOfHost(host) : host === '' ? reachOf(root) : undefined;
      if (reach === 'network') yield monitoring(setting);
    }
    const profiling = settingOf(root, 'prof_port');
    if (profiling && isOn(profiling) && profiling.value.kind === 'integer' && reachOf(root) === 'network') {
      yield {
        ...profiling.entry.keyAt,
        severity: 'warning',
        message:
          'Profiling is reachable from other machines and asks nobody for a login, so everyone can look into the memory of the server and slow it down. Remove `prof_port`, or set `host: 127.0.0.1`.',
      };
    }
  },
});

function isOn({ value }: Setting): boolean {
  return value.kind === 'integer' ? value.value !== 0 : value.kind === 'string';
}

function monitoring(setting: Setting): Report {
  const fix = loopbackFix(setting);
  return {
    ...setting.entry.keyAt,
    message:
      'Monitoring is reachable from other machines, and it shows connections, users and subjects to everyone who asks, without a login. Listen on 127.0.0.1, or let only the network of your monitoring reach the port.',
    ...(fix ? { fix } : {}),
  };
}

/** Another machine that reads the port now will no longer reach it. */
function loopbackFix(setting: Setting): Fix | undefined {
  if (!loopbackEdits(setting, 'http')) return undefined;
  return { title: 'Listen on 127.0.0.1 only', safety: 'unsafe', edits: () => loopbackEdits(setting, 'http') ?? [] };
}
