// A listener without a port is off, and everything that is said about it does nothing. nats-server does not mention it.
import { defineRule } from '../../lint/rule.ts';
import { type Block, blockOf, mayHold, settingOf } from '../blocks.ts';
import type { NatsConf } from '../model.ts';
import { indentAt, textOfFile } from '../source-edits.ts';
import { listenerOf } from '../startup.ts';

interface Kind {
  readonly key: 'cluster' | 'leafnodes' | 'mqtt' | 'websocket';
  readonly who: string;
  /** The port that this protocol usually has. */
  readonly port: number;
  /** Without one of these, nothing shows that a listener was meant; undefined where the block is for nothing else. */
  readonly only: readonly string[] | undefined;
}

const kinds: readonly Kind[] = [
  { key: 'cluster', who: 'no other server can join and no route is opened', port: 6222, only: ['routes', 'authorization', 'tls', 'host'] },
  { key: 'leafnodes', who: 'no leafnode can connect', port: 7422, only: ['authorization', 'host', 'leafnode_advertise'] },
  { key: 'mqtt', who: 'no MQTT client can connect', port: 1883, only: undefined },
  { key: 'websocket', who: 'no browser can connect', port: 8080, only: undefined },
];

export default defineRule<NatsConf>({
  id: 'nats/inert-block',
  severity: 'warning',
  since: '0.1.0',
  *check(conf) {
    for (const { key, who, port, only } of kinds) {
      const block = blockOf(conf.root, key);
      if (!block?.setting || mayHold(block) || isListening(block) || block.unknown.length > 0) continue;
      if (only && !only.some(name => isSaid(block, name))) continue;
      yield {
        ...block.setting.entry.keyAt,
        message: `Without a \`port\` this block does nothing: ${who}, and nats-server does not mention it. Add the port, usually ${port}.`,
        ...(block.map.via ? {} : { fix: portFix(conf, block, port) }),
      };
    }
  },
});

/** A port of 0 is a way to say "off". */
function isListening(block: Block): boolean {
  return listenerOf(block) !== undefined || settingOf(block, 'port') !== undefined || settingOf(block, 'listen') !== undefined;
}

function isSaid(block: Block, key: string): boolean {
  const value = settingOf(block, key)?.value;
  return value !== undefined && !(value.kind === 'array' && value.items.length === 0);
}

/** A new listener is a new door, so that the person has to agree. */
function portFix(conf: NatsConf, block: Block, port: number) {
  const { origin, node } = block.map;
  return {
    title: `Add port ${port}`,
    safety: 'unsafe' as const,
    edits() {
      const text = textOfFile(conf, origin.file);
      const open = text.indexOf('{', node.span.start) + 1;
      const line = `\n${indentAt(text, node.span.start)}  port: ${port}`;
      const sameLine = !/^[ \t]*(?:(?:#|\/\/)[^\n]*)?\r?\n/.test(text.slice(open));
      return [
        {
          file: origin.file,
          span: { start: open, end: open },
          newText: sameLine ? ` port: ${port}${/^\s*\}/.test(text.slice(open)) ? '' : ','}` : line,
        },
      ];
    },
  };
}
