// A comment needs a space in front of it: glued to an unquoted value it is a part of the value.
import { defineRule, type Report } from '../../lint/rule.ts';
import { spanInside } from '../../text/moving-span.ts';
import { byPart } from '../by-part.ts';
import type { NatsConf } from '../model.ts';
import { stringsIn } from '../strings.ts';
import type { EvaluatedString } from '../values.ts';

/** `#` is at home in subjects of other systems and in secrets, and a path may hold `//`. */
const elsewhere = new Set(['password', 'token', 'secret', 'subject', 'url', 'route-url', 'file', 'directory', 'origin']);

export default defineRule<NatsConf>({
  id: 'nats/comment-glued-to-value',
  severity: 'warning',
  since: '0.1.0',
  check: byPart(function* (conf) {
    for (const settings of conf.index.byOption.values()) {
      if (elsewhere.has(settings[0]?.option.format ?? '')) continue;
      for (const { entry, value } of settings) {
        // Most values are of other kinds, or in quotes.
        if (value.kind === 'string' ? value.node.quote !== 'none' : value.kind !== 'array') continue;
        for (const string of stringsIn(value)) {
          const comment = commentIn(string);
          if (comment) yield report(entry.key, string, comment);
        }
      }
    }
  }),
});

function commentIn({ node, value }: EvaluatedString): RegExpExecArray | undefined {
  if (node.quote !== 'none' || value.includes('://')) return undefined;
  return /(?<=^[^/#]+)(#|\/\/)(?!.*\/)/.exec(value) ?? undefined;
}

function report(key: string, { node, origin }: EvaluatedString, { 0: sign, index }: RegExpExecArray): Report {
  const span = spanInside(node.span, index, node.span.end - node.span.start);
  return {
    file: origin.file,
    span,
    message: `A comment begins only after a space, so \`${sign}\` and what follows are a part of the value of \`${key}\`. Put a space in front of it, or quotes around the value.`,
    fix: {
      title: 'Put a space in front of the comment',
      safety: 'unsafe',
      edits: () => [{ file: origin.file, span: { start: span.start, end: span.start }, newText: ' ' }],
    },
  };
}
