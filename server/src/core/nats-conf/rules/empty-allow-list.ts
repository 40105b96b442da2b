// An empty list of what is allowed reads like "nothing" and means "everything".
import { defineRule, type Report } from '../../lint/rule.ts';
import { settingOf } from '../blocks.ts';
import { byPart } from '../by-part.ts';
import type { NatsConf } from '../model.ts';
import { allowsResponses, clientPermissions, type Direction } from '../permissions.ts';

export default defineRule<NatsConf>({
  id: 'nats/empty-allow-list',
  severity: 'warning',
  since: '0.1.0',
  check: byPart(function* (conf) {
    for (const { block, directions } of clientPermissions(conf)) {
      for (const direction of directions) {
        // Whoever may only answer is closed to everything else, with or without a list.
        if (isEmpty(direction) && !(direction.name === 'publish' && allowsResponses(block))) yield report(direction);
      }
    }
  }),
});

function report({ name, setting: { entry, value } }: Direction): Report {
  const own = value.at.file === value.origin.file && !value.via;
  return {
    ...entry.keyAt,
    message: `nats-server reads an empty list as "no limits", so everything may be ${name === 'publish' ? 'published' : 'subscribed to'} here. Write \`{ deny: ">" }\` for nothing, or list the subjects.`,
    ...(own && (value.kind === 'array' || value.kind === 'map')
      ? {
          fix: {
            title: 'Deny everything',
            safety: 'unsafe' as const,
            edits: () => [{ file: value.origin.file, span: value.node.span, newText: '{ deny: ">" }' }],
          },
        }
      : {}),
  };
}

function isEmpty({ setting, allowed, denied, unknown }: Direction): boolean {
  if (allowed.length > 0 || denied.length > 0 || unknown || setting.misfits.length > 0) return false;
  const { value } = setting;
  if (value.kind === 'array') return value.items.length === 0;
  const [lists] = setting.blocks;
  if (value.kind !== 'map' || !lists || lists.unknown.length > 0) return false;
  return [settingOf(lists, 'allow'), settingOf(lists, 'deny')].every(
    list => !list || (list.value.kind === 'array' && list.value.items.length === 0),
  );
}
