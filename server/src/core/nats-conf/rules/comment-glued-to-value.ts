// A comment needs a space in front of it: glued to an unquoted value it is a part of the value.
import { defineRule } from '../../lint/rule.ts';
import { spanInside } from '../../text/moving-span.ts';
import { byPart } from '../by-part.ts';
import type { NatsConf } from '../model.ts';
import { stringsIn } from '../strings.ts';

/** `#` is at home in subjects of other systems and in secrets, and a path may hold `//`. */
const elsewhere = new Set(['password', 'token', 'secret', 'subject', 'url', 'route-url', 'file', 'directory', 'origin']);

export default defineRule<NatsConf>({
  id: 'nats/comment-glued-to-value',
  severity: 'warning',
  since: '0.1.0',
  check: byPart(function* (conf) {
    for (const settings of conf.index.byOption.values()) {
      if (elsewhere.has(settings[0]?.option.format ?? '')) continue;
      for (const setting of settings) {
        for (const { node, value, origin } of stringsIn(setting.value)) {
          if (node.quote !== 'none' || value.includes('://')) continue;
          const comment = /(?<=^[^/#]+)(#|\/\/)(?!.*\/)/.exec(value);
          if (!comment) continue;
          const span = spanInside(node.span, comment.index, node.span.end - node.span.start);
          yield {
            file: origin.file,
            span,
            message: `A comment begins only after a space, so \`${comment[0]}\` and what follows is a part of the value of \`${setting.entry.key}\`. Put a space in front of it, or quotes around the value.`,
            fix: {
              title: 'Put a space in front of the comment',
              safety: 'unsafe',
              edits: () => [{ file: origin.file, span: { start: span.start, end: span.start }, newText: ' ' }],
            },
          };
        }
      }
    }
  }),
});
