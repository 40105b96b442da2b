// Options of the command that is being typed.
import type { Completion } from '../language.ts';
import type { Span } from '../text/span.ts';
import type { CommandModel } from './model.ts';

/** Proposes options where a word begins with a dash, those that are not given yet first. */
export function completeAt({ text, invocations }: CommandModel, offset: number): readonly Completion[] {
  const start = startOfWord(text, offset);
  const span: Span = { start, end: offset };
  if (text[start] !== '-') return [];
  // The word at the caret may be the end of a command whose last option is not finished.
  const invocation = invocations.find(one => one.programSpan.end < start && start <= one.span.end + 1);
  if (!invocation) return [];
  const given = new Set(invocation.options.filter(({ nameSpan }) => nameSpan.start !== start).map(({ name }) => name));
  const options = [...new Set(invocation.fact.options.values())];
  return [...options.filter(({ name }) => !given.has(name)), ...options.filter(({ name }) => given.has(name))].map(
    ({ name, says, takes }) => ({
      label: name,
      kind: 'option' as const,
      detail: takes ? 'takes a value' : 'flag',
      documentation: says,
      span,
      insertText: takes ? `${name} ` : name,
    }),
  );
}

function startOfWord(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !/[\s"'`=]/.test(text[start - 1] as string)) start--;
  return start;
}
