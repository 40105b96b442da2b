// `*` and `>` are wildcards only as whole tokens. Glued to other characters they stand for themselves and match nothing that is meant.
import type { Fix } from '../../lint/finding.ts';
import { defineRule } from '../../lint/rule.ts';
import { byPart } from '../by-part.ts';
import type { NatsConf } from '../model.ts';
import { quoted } from '../source-edits.ts';
import { placeInString } from '../strings.ts';
import { oddSubjectsIn } from '../subject-options.ts';
import type { EvaluatedString } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/wildcard-is-literal',
  severity: 'warning',
  since: '0.1.0',
  check: byPart(function* (conf) {
    for (const { setting, value } of oddSubjectsIn(conf)) {
      const subject = value.value.split(/\s/, 1)[0] as string;
      if (subject === '' || value.value.startsWith(' ')) continue;
      const file = value.origin.file;
      const span = value.via ? value.at.span : placeInString(value, 0, subject.length);
      const where = { file: value.via ? value.at.file : file, span };
      if (subject.includes(',')) {
        const parts = subject.split(',');
        if (parts.some(part => part === '')) continue;
        const inList = setting.value.kind === 'array';
        const list = parts.map(quoted).join(', ');
        yield {
          ...where,
          message: `The comma is a part of this subject, so it is one subject that nobody uses, not ${parts.length} subjects. Write a list: [${list}].`,
          ...fixOf(value, 'Write a list of subjects', inList ? list : `[${list}]`),
        };
        continue;
      }
      const odd = subject.split('.').find(token => token.length > 1 && /[*>]/.test(token));
      if (odd === undefined) continue;
      const meant = repair(subject);
      yield {
        ...where,
        message: `A wildcard must be a whole token between dots; in \`${odd}\` it is an ordinary character, so this matches only the very text \`${subject}\`. ${meant === undefined ? 'Parts of a token cannot be matched: put what varies into a token of its own.' : `Write ${quoted(meant)} if that is what you mean.`}`,
        ...(meant === undefined || subject !== value.value ? {} : fixOf(value, `Write ${meant}`, quoted(meant))),
      };
    }
  }),
});

/** `foo>` was meant as `foo.>`, `foo.b*` as `foo.*`; undefined where the wildcard stands for a part of the first token or for several. */
function repair(subject: string): string | undefined {
  const tokens = subject.split('.');
  const last = tokens.pop() as string;
  if (tokens.some(token => token.length > 1 && /[*>]/.test(token))) return undefined;
  const tail = /^([^*>]+)>$/.exec(last)?.[1];
  if (tail !== undefined) return [...tokens, tail, '>'].join('.');
  if (last === '*>' || last === '**') return [...tokens, '>'].join('.');
  return tokens.length > 0 && /^[^*>]+\*$/.test(last) ? [...tokens, '*'].join('.') : undefined;
}

/** Another pattern is another permission, so that the person has to look at it. */
function fixOf(value: EvaluatedString, title: string, newText: string): { fix?: Fix } {
  if (value.via) return {};
  return { fix: { title, safety: 'unsafe', edits: () => [{ file: value.origin.file, span: value.node.span, newText }] } };
}
