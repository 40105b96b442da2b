// Addresses that `nats-server -t` takes unseen and that a listener cannot use, so that the start fails.
import type { Report } from '../lint/rule.ts';
import { parseInteger, splitHostPort } from './address.ts';
import { type Block, blockOf, isGiven, type Setting, settingOf } from './blocks.ts';
import type { NatsConf } from './model.ts';
import { listenerOf } from './startup.ts';

const mostPort = 65535;
/** Asks the system for a free port. */
const anyPort = -1;

/** Blocks with a listener of their own, and the option under which each says how others are to reach it. */
const listeners = [
  ['cluster', 'cluster_advertise'],
  ['gateway', 'advertise'],
  ['leafnodes', 'leafnode_advertise'],
  ['websocket', 'advertise'],
  ['mqtt', undefined],
] as const;

/** Ports that do not exist. */
export function* judgePorts({ root }: NatsConf): Generator<Report> {
  yield* judgePort(root, 'listen', 'port');
  yield* judgePort(root, 'http', 'http_port');
  yield* judgePort(root, 'https', 'https_port');
  yield* judgePort(root, 'prof_port');
  for (const [name] of listeners) {
    const block = blockOf(root, name);
    if (block) yield* judgePort(block, 'listen', 'port');
  }
}

/** Of several keys for one port nats-server uses any one, so that all must be wrong before it surely fails. */
function* judgePort(block: Block, ...keys: readonly string[]): Generator<Report> {
  const given = keys.flatMap(key => settingOf(block, key) ?? []);
  if (!given.every(isNoPort)) return;
  for (const { entry, value } of given) {
    yield {
      ...value.at,
      stage: 'start',
      message: `\`${entry.key}\` must be a port from 1 to ${mostPort}, or -1 for any free one; nats-server cannot listen on this one and does not start. Write a port.`,
    };
  }
}

function isNoPort({ value }: Setting): boolean {
  const port =
    value.kind === 'integer' ? value.value : value.kind === 'string' ? parseInteger(splitHostPort(value.value)?.port ?? '') : undefined;
  return port !== undefined && (port < anyPort || port > mostPort);
}

/** Addresses for others, of listeners that are on. */
export function* judgeAdvertised({ root }: NatsConf): Generator<Report> {
  yield* judgeAddress(settingOf(root, 'client_advertise'));
  for (const [name, key] of listeners) {
    const block = blockOf(root, name);
    if (key && block && listenerOf(block)) yield* judgeAddress(settingOf(block, key));
  }
}

function* judgeAddress(setting: Setting | undefined): Generator<Report> {
  if (!isGiven(setting) || setting.value.kind !== 'string' || isAddress(setting.value.value)) return;
  yield {
    ...setting.value.at,
    stage: 'start',
    message: `\`${setting.entry.key}\` is the address that others are told, and nats-server cannot read this one, so it does not start. Write "host:port", without a scheme.`,
  };
}

/** `host:port`, or a host alone. */
function isAddress(text: string): boolean {
  const alone = !text.includes(':') || /^\[[^\]]*\](?!:)/.test(text);
  const parts = splitHostPort(alone ? `${text}:1` : text);
  return parts !== undefined && parseInteger(parts.port.trim()) !== undefined;
}
