// nats-server compares a subscription with the permission token by token, and `>` in the subscription passes for a token.
import type { Fix } from '../../lint/finding.ts';
import { defineRule } from '../../lint/rule.ts';
import { coversSubject } from '../../nats-auth/subject.ts';
import { byPart } from '../by-part.ts';
import type { NatsConf } from '../model.ts';
import { type Direction, directionOfName, remarkablePermissions } from '../permissions.ts';
import { quoted, textOfFile } from '../source-edits.ts';

export default defineRule<NatsConf>({
  id: 'nats/trailing-star-grants-rest',
  severity: 'information',
  since: '0.1.0',
  check: byPart(function* (conf) {
    for (const permissions of remarkablePermissions(conf)) {
      const direction = directionOfName(permissions, 'subscribe');
      if (!direction || direction.unknown) continue;
      for (const { subject, value } of direction.allow) {
        if (!subject.endsWith('.*') || subject.startsWith('_')) continue;
        const rest = `${subject}.>`;
        const covered = [...direction.allow, ...direction.deny].some(other => coversSubject(other.subject, rest));
        if (covered) continue;
        const fix = denyFix(conf, direction, rest);
        yield {
          ...value.at,
          message: `\`${subject}\` looks like one more token, but nats-server accepts a subscription to \`${subject.slice(0, -1)}>\` under it, which gets everything below. Deny ${quoted(rest)} beside it if that is not meant.`,
          ...(fix ? { fix } : {}),
        };
      }
    }
  }),
});

/** A list by itself becomes a block with the same list and a denial. */
function denyFix(conf: NatsConf, { setting }: Direction, rest: string): Fix | undefined {
  const { value } = setting;
  if (value.via || (value.kind !== 'string' && value.kind !== 'array')) return undefined;
  const { file } = value.origin;
  const { span } = value.node;
  return {
    title: `Deny ${rest}`,
    safety: 'unsafe',
    edits: () => [{ file, span, newText: `{ allow: ${textOfFile(conf, file).slice(span.start, span.end)}, deny: ${quoted(rest)} }` }],
  };
}
