// nats-server goes over the keys of a block in no fixed order, so of two keys that set the same thing either may win.
import { defineRule, type Report } from '../../lint/rule.ts';
import { parseInteger, splitHostPort } from '../address.ts';
import { type Block, type Setting, settingOf } from '../blocks.ts';
import type { NatsConf } from '../model.ts';
import { removePair } from '../source-edits.ts';

export default defineRule<NatsConf>({
  id: 'nats/ambiguous-order',
  severity: 'warning',
  since: '0.1.0',
  *check(conf) {
    for (const settings of conf.index.byOption.values()) {
      for (const [whole, port, host] of pairs) {
        if (settings[0]?.option.key !== whole) continue;
        for (const block of new Set(settings.map(({ block }) => block))) yield* judge(conf, block, whole, port, host);
      }
    }
  },
});

/** Options that set an address as a whole, and those that set its parts. */
const pairs = [
  ['listen', 'port', 'host'],
  ['http', 'http_port', undefined],
  ['https', 'https_port', undefined],
] as const;

function* judge(conf: NatsConf, block: Block, wholeKey: string, portKey: string, hostKey: string | undefined): Generator<Report> {
  const whole = settingOf(block, wholeKey);
  const address = whole && addressOf(whole);
  if (!whole || !address) return;
  const port = settingOf(block, portKey);
  const host = hostKey === undefined ? undefined : settingOf(block, hostKey);
  if (port?.value.kind === 'integer' && port.value.value !== address.port) yield report(conf, port, whole, 'port');
  if (host?.value.kind === 'string' && address.host !== undefined && host.value.value !== address.host)
    yield report(conf, host, whole, 'host');
}

/** `host` is undefined where only a port is written, so that the host is left alone. */
function addressOf({ value }: Setting): { readonly host: string | undefined; readonly port: number } | undefined {
  if (value.kind === 'integer') return { host: undefined, port: value.value };
  const parts = value.kind === 'string' ? splitHostPort(value.value) : undefined;
  const port = parts && parseInteger(parts.port);
  return parts && port !== undefined ? { host: parts.host, port } : undefined;
}

function report(conf: NatsConf, part: Setting, whole: Setting, what: 'host' | 'port'): Report {
  const { keyAt, node } = part.entry;
  return {
    ...keyAt,
    message: `\`${part.entry.key}\` and \`${whole.entry.key}\` both set the ${what} and say different things, and which of them counts changes from one start of nats-server to the next. Keep one of them.`,
    related: [{ ...whole.entry.keyAt, message: 'This sets it too.' }],
    fix: {
      title: `Remove ${part.entry.key}`,
      safety: 'unsafe',
      edits: () => [removePair(conf, keyAt.file, node.span)],
    },
  };
}
