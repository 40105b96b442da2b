// Some keys are told of in articles and made up by assistants, but nats-server never had them. Whoever writes one wants something that exists.
import { type Skeleton, skeletonNamed } from '../../facts/nats-inventions.ts';
import type { Fix } from '../../lint/finding.ts';
import { defineRule } from '../../lint/rule.ts';
import type { FileId } from '../../text/file-id.ts';
import type { Block, Setting } from '../blocks.ts';
import { whereOf } from '../form-words.ts';
import type { NatsConf } from '../model.ts';
import { indentAt, lineStart, removalOf, textOfFile } from '../source-edits.ts';
import { type UnknownKey, unknownKeys } from '../unknown-keys.ts';

export default defineRule<NatsConf>({
  id: 'nats/invented-field',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    for (const found of unknownKeys(conf)) {
      const { block, entry, invention } = found;
      if (!invention) continue;
      yield {
        file: entry.keyAt.file,
        span: entry.keyAt.span,
        message: `NATS has no \`${entry.key}\` ${whereOf(block.fact)}, though some pages show it: ${invention.because}. ${invention.instead}`,
        fix: [...skeletonFix(conf, found, invention.skeleton), removeFix(conf, found)],
      };
    }
  },
});

function removeFix(conf: NatsConf, { entry }: UnknownKey): Fix {
  const { file } = entry.keyAt;
  return {
    title: `Remove ${entry.key}`,
    safety: 'unsafe',
    edits: () => [{ file, span: removalOf(textOfFile(conf, file), entry.node.span), newText: '' }],
  };
}

/** Takes the invention out and leaves a comment in the right block that shows how the real thing is written. */
function skeletonFix(conf: NatsConf, { block, entry }: UnknownKey, name: string | undefined): readonly Fix[] {
  const skeleton = name === undefined ? undefined : skeletonNamed(name);
  const { file } = entry.keyAt;
  const text = textOfFile(conf, file);
  const outside = skeleton?.block === 'server' && block.fact.name !== 'server';
  const place = outside ? outermostPair(block, file) : entry.node.span.start;
  if (!skeleton || place === undefined || text.slice(lineStart(text, place), place).trim() !== '') return [];
  const cut = removalOf(text, entry.node.span);
  // A comment runs to the end of its line: in a block on one line it would swallow what follows.
  if (!outside && cut.start !== lineStart(text, place)) return [];
  const lines = linesOf(skeleton, block.fact.name).map(line => `${indentAt(text, place)}${line}\n`);
  const at = lineStart(text, place);
  return [
    {
      title: 'Replace by a comment that shows the real way',
      safety: 'unsafe',
      edits: () =>
        at === cut.start
          ? [{ file, span: cut, newText: lines.join('') }]
          : [
              { file, span: { start: at, end: at }, newText: lines.join('') },
              { file, span: cut, newText: '' },
            ],
    },
  ];
}

/** Start of the pair at the top level that a block stands in, where it is in the same file. */
function outermostPair(block: Block, file: FileId): number | undefined {
  let pair: Setting | undefined;
  for (let one = block.setting; one; one = one.block.setting) pair = one;
  return pair && pair.entry.keyAt.file === file ? pair.entry.node.span.start : undefined;
}

function linesOf(skeleton: Skeleton, block: string): readonly string[] {
  if (skeleton.block !== 'authorization' || block !== 'server') return skeleton.lines;
  return ['# authorization {', ...skeleton.lines.map(line => line.replace('# ', '#   ')), '# }'];
}
