// Commands that articles print and no program has, with the one that does the work.
import { mildness } from '../../jwt/file-kind.ts';
import { defineRule } from '../../lint/rule.ts';
import { type CommandModel, type Invocation, optionsNamed } from '../model.ts';

export default defineRule<CommandModel>({
  id: 'command/invented-command',
  severity: 'warning',
  since: '0.1.0',
  *check(model, { file }) {
    for (const invocation of model.invocations) {
      const { fact, program, programSpan, arguments: words } = invocation;
      const said = words.map(({ text }) => text).join(' ');
      const invention = fact.invented
        .filter(({ words: invented }) => said === invented || said.startsWith(`${invented} `))
        .sort((a, b) => b.words.length - a.words.length)[0];
      const first = words[0];
      if (!invention || !first || fact.subcommands.has(first.text)) continue;
      const last = words[invention.words.split(' ').length - 1] ?? first;
      const name = nameIn(invocation, invention.words.split(' ').length);
      const instead = name ? invention.instead.replace(/\bNAME\b/g, name) : invention.instead;
      yield {
        span: { start: programSpan.start, end: last.span.end },
        message: `\`${program} ${invention.words}\` does not exist, although some articles show it. ${invention.says}`,
        fix: {
          title: `Write ${instead.split(' && ')[0]} instead`,
          safety: 'unsafe',
          edits: () => [{ file, span: invocation.span, newText: instead }],
        },
        ...mildness(model),
      };
    }
  },
});

/** The user that the invention was meant for, where it is a plain word. */
function nameIn(invocation: Invocation, skip: number): string | undefined {
  const given = optionsNamed(invocation, '--user', '--name')[0]?.value ?? invocation.arguments[skip];
  return given && /^[\w.-]+$/.test(given.text) ? given.text : undefined;
}
