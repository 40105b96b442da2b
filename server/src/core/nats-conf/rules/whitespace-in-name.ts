// A blank in a name is invisible in most places, and names are compared byte by byte, written into subjects and used as file names.
import { behaves } from '../../facts/nats-behaviors.ts';
import type { Fix } from '../../lint/finding.ts';
import { defineRule } from '../../lint/rule.ts';
import { type NatsConf, settingsNamed } from '../model.ts';
import { quoted } from '../source-edits.ts';
import type { EvaluatedString } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/whitespace-in-name',
  severity: 'warning',
  since: '0.1.0',
  *check(conf) {
    for (const setting of settingsNamed(conf, 'server.server_name', 'cluster.name', 'gateway.name', 'jetstream.domain')) {
      const { value, block, option } = setting;
      if (value.kind !== 'string' || !/\s/.test(value.value) || value.value.trim() === '') continue;
      // A space in these is refused, which is for another rule; other blanks pass.
      if (block.fact.name !== 'jetstream' && value.value.includes(' ') && behaves(conf.version, 'names-without-spaces')) continue;
      const name = value.value.trim().replace(/\s+/g, '-');
      const edge = value.value.trim() !== value.value;
      yield {
        ...value.at,
        message: `The ${what[`${block.fact.name}.${option.key}`] ?? 'name'} ${edge ? 'begins or ends with white space that nobody sees' : 'has white space in it'}, and it becomes a part of subjects, where white space ends the subject, so that requests to it fail. Write ${quoted(name)}.`,
        ...fixOf(value, name),
      };
    }
  },
});

const what: Readonly<Record<string, string>> = {
  'server.server_name': 'name of the server',
  'cluster.name': 'name of the cluster',
  'gateway.name': 'name of the gateway',
  'jetstream.domain': 'JetStream domain',
};

/** Other servers and clients know this one by its name. */
function fixOf({ value, via, origin, node }: EvaluatedString, name: string): { fix?: Fix } {
  if (via || value === name) return {};
  return {
    fix: { title: `Write ${name}`, safety: 'unsafe', edits: () => [{ file: origin.file, span: node.span, newText: quoted(name) }] },
  };
}
