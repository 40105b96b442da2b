// A file that Compose refuses starts nothing; what is wrong is said where it stands, in words.
import type { Fix } from '../../lint/finding.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Span } from '../../text/span.ts';
import type { ComposeModel } from '../index.ts';
import type { ComposeProblem } from '../model.ts';

export default defineRule<ComposeModel>({
  id: 'compose/syntax',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check({ file, projects }) {
    if (isTemplate(file.text)) return;
    const seen = new Set<string>();
    const isNew = (span: Span) => !seen.has(`${span.start} ${span.end}`) && seen.add(`${span.start} ${span.end}`);
    for (const problem of file.problems) {
      if (isSet(problem.unless, projects) || !isNew(problem.span)) continue;
      const related = problem.related ? [{ file: file.id, ...problem.related }] : [];
      const fix = replacement(problem, file.id);
      yield { span: problem.span, message: sentence(problem), related, ...(fix ? { fix } : {}) };
    }
    for (const { project } of projects) {
      for (const problem of project.problems) {
        if (problem.place.file === file.id && isNew(problem.place.span)) yield { span: problem.place.span, message: sentence(problem) };
      }
    }
  },
});

function isSet(name: string | undefined, projects: ComposeModel['projects']): boolean {
  return name !== undefined && projects.some(({ project }) => project.definitions.has(name));
}

function sentence({ message, advice, unless }: Pick<ComposeProblem, 'message' | 'advice' | 'unless'>): string {
  const when = unless === undefined ? '' : ` unless \`${unless}\` is set`;
  return `${message}, so Compose refuses the file${when}.${advice ? ` ${advice}` : ''}`;
}

function replacement({ span, instead }: ComposeProblem, file: string): Fix | undefined {
  if (instead === undefined) return undefined;
  return { title: `Write ${instead.replaceAll('`', '')}`, safety: 'unsafe', edits: () => [{ file, span, newText: instead }] };
}

/** A template that another program fills in is not yet a Compose file. */
function isTemplate(text: string): boolean {
  if (!text.includes('{%') && !text.includes('{{') && !text.includes('<%')) return false;
  return /^\s*\{%|\{\{-?\s*(?:cookiecutter\.|\.Values\.|copier)|^\s*\{\{-?\s*(?:\$\w|(?:if|range|with|end|else|define|template|block)\b)|^\s*<%/m.test(
    text,
  );
}
