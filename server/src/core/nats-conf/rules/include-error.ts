// A file that cannot be included keeps the server from starting, and a cycle of includes keeps it reading until it is killed.
import { defineRule, type Report } from '../../lint/rule.ts';
import { directoryOf, nameOf, pathOf, pathWithin } from '../../text/file-id.ts';
import type { IncludeUse } from '../evaluate.ts';
import type { NatsConf } from '../model.ts';

export default defineRule<NatsConf>({
  id: 'nats/include-error',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check({ evaluation }) {
    for (const use of evaluation.includes) {
      const { node, file, outcome } = use;
      if (outcome === 'absent') {
        const relative = relativeOf(use);
        const fix = relative && {
          title: `Write ${relative}`,
          safety: 'unsafe' as const,
          edits: () => [{ file, span: node.pathSpan, newText: relative }],
        };
        yield { file, span: node.pathSpan, message: whyAbsent(use), ...(fix ? { fix } : {}) };
      }
      if (outcome === 'cycle') {
        const message =
          use.target === file
            ? 'This file includes itself, so nats-server reads it again and again until it runs out of memory. Remove the line.'
            : 'This file is being included already, so nats-server reads in a circle until it runs out of memory. Remove one of the includes.';
        yield { file, span: node.pathSpan, message, related: circle(use, evaluation.includes) };
      } else if (outcome === 'too-deep') {
        yield {
          file,
          span: node.pathSpan,
          severity: 'information',
          stage: null,
          message:
            'Files include one another deeper here than Authlint follows, so what comes with this one is not checked. Include it higher up.',
        };
      }
    }
  },
});

function whyAbsent({ node: { path }, file, target }: IncludeUse): string {
  if (/[*?[]/.test(path))
    return 'There is no file of this name: `include` knows no patterns, so nats-server refuses the configuration. Write one `include` for each file.';
  if (/^~|\$/.test(path))
    return 'There is no file of this name: neither `~` nor variables are replaced in a path, so nats-server refuses the configuration. Write a path relative to this file.';
  if (/^\/|^[A-Za-z]:[\\/]/.test(path))
    return `There is no such file here: even an absolute path is taken relative to the folder of \`${nameOf(file)}\`, so nats-server refuses the configuration. Write a relative path.`;
  if (/[,;]$/.test(path))
    return 'There is no file of this name: what follows the path up to the next space is a part of it, so nats-server refuses the configuration. Take the separator away.';
  const within = pathWithin(directoryOf(file), target);
  const where = within === undefined || within === path ? 'relative to the folder of this file' : `as \`${within}\` beside this file`;
  return `The included file does not exist, so nats-server refuses the configuration. It looks for it ${where}: correct the path, or create the file.`;
}

/** What an absolute path should be instead, as long as the files lie on the server as they do here. */
function relativeOf({ node: { path, quote }, file }: IncludeUse): string | undefined {
  if (!/^\/[\w./ @+-]+$/.test(path) || (quote === 'none' && path.includes(' '))) return undefined;
  const from = pathOf(directoryOf(file)).split('/').filter(Boolean);
  const to = path.split('/').filter(Boolean);
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  // Without a folder in common the files lie elsewhere on the server.
  if (same === 0) return undefined;
  const relative = [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
  return /^[\d-]/.test(relative) && quote === 'none' ? `./${relative}` : relative;
}

/** The includes that lead from the file back to it. */
function circle(last: IncludeUse, includes: readonly IncludeUse[]): NonNullable<Report['related']> {
  const related: { file: string; span: { start: number; end: number }; message: string }[] = [];
  let file = last.file;
  while (file !== last.target) {
    const from = includes.find(use => use.target === file && use.outcome === 'included');
    if (!from || related.length > 20) break;
    related.unshift({ file: from.file, span: from.node.pathSpan, message: `\`${nameOf(from.target)}\` is included here.` });
    file = from.file;
  }
  return related;
}
