// What nats-server refuses about JetStream beyond single values.
import { defineRule } from '../../lint/rule.ts';
import { blockOf, type Setting } from '../blocks.ts';
import type { NatsConf } from '../model.ts';
import { removePair } from '../source-edits.ts';

export default defineRule<NatsConf>({
  id: 'nats/jetstream-invalid',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    const inside = blockOf(conf.root, 'jetstream')?.settings ?? [];
    const given = [...conf.root.settings, ...inside].filter(isStoreDir);
    const [first, ...more] = given;
    for (const { entry } of first ? more : []) {
      yield {
        ...entry.keyAt,
        message: 'The folder for JetStream is given twice, so nats-server refuses the configuration. Keep one of them.',
        related: [{ ...(first as Setting).entry.keyAt, message: 'It is given here too.' }],
        fix: { title: 'Remove this one', safety: 'unsafe', edits: () => [removePair(conf, entry.keyAt.file, entry.node.span)] },
      };
    }
  },
});

function isStoreDir({ option, value }: Setting): boolean {
  return option.key === 'store_dir' && value.kind === 'string' && value.value !== '';
}
