// A `$VARIABLE` is one only without quotes, and only as a whole value: in quotes it is ordinary text.
import { defineRule } from '../../lint/rule.ts';
import { Absence } from '../../text/absence.ts';
import { nameOf } from '../../text/file-id.ts';
import { placeKey } from '../../text/place.ts';
import type { Setting } from '../blocks.ts';
import { byPart } from '../by-part.ts';
import { type NatsConf, settingsOfFormat } from '../model.ts';
import { stringsIn } from '../strings.ts';

/** Subjects and accounts of the system itself begin with `$`. */
const named = new Set(['subject', 'account']);

/** What a value looks like that is a name in quotes; with an escape in its text, it may be written in any way. */
const quotedNameAbsence = new Absence(text => /["'(]\$[A-Z_]|\\/.test(text), 3);

/** Settings that may hold a name: where none stands behind a quote, only those with URLs, which may hold one in the middle. */
function settingsToAsk(conf: NatsConf): readonly Setting[] {
  const isPlain = conf.evaluation.files.every(({ file }) => quotedNameAbsence.isIn(file));
  return isPlain ? settingsOfFormat(conf, ...urls) : conf.blocks.flatMap(({ settings }) => settings);
}

function mayHoldName({ option, value }: Setting): boolean {
  const isOne = isUrl(option) ? /\$[A-Z_]/ : /^\$[A-Z_]/;
  return stringsIn(value).some(({ value }) => isOne.test(value));
}

const urls = ['url', 'route-url'];

function isUrl({ format }: Setting['option']): boolean {
  return format !== undefined && urls.includes(format);
}

export default defineRule<NatsConf>({
  id: 'nats/variable-in-quotes',
  severity: 'warning',
  since: '0.1.0',
  check: byPart(function* (conf) {
    const told = new Set<string>();
    for (const setting of settingsToAsk(conf)) {
      if (!mayHoldName(setting) || named.has(setting.option.format ?? '')) continue;
      for (const { node, value, origin } of stringsIn(setting.value)) {
        if (node.quote === 'none') continue;
        const name = /^\$([A-Z_][A-Z0-9_]*)$/.exec(value)?.[1];
        const inUrl = isUrl(setting.option) ? /\$([A-Z_][A-Z0-9_]*)/.exec(value)?.[1] : undefined;
        if ((name === undefined && inUrl === undefined) || /^\$(SYS|G|JS|KV|O)$/.test(value)) continue;
        const place = placeKey({ file: origin.file, span: node.span });
        // A template is filled in before nats-server reads it.
        if (told.has(place) || /tmpl|template|\.tpl|\.in$|\.j2/i.test(nameOf(origin.file))) continue;
        told.add(place);
        // The text is the secret itself where no variable was meant: it is not repeated here.
        const message =
          name === undefined
            ? 'nats-server does not look for variables inside of a text, so the dollar sign and the name stay as they are written. Put the whole URL into one variable and write that without quotes.'
            : `In quotes a variable is only text, so the value of \`${setting.entry.key}\` is its name with the dollar sign, and not what it holds. Write it without quotes.`;
        yield {
          file: origin.file,
          span: node.contentSpan,
          message,
          ...(name === undefined
            ? {}
            : {
                fix: {
                  title: 'Take the quotes away',
                  safety: 'unsafe' as const,
                  edits: () => [{ file: origin.file, span: node.span, newText: value }],
                },
              }),
        };
      }
    }
  }),
});
