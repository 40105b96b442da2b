// What Compose makes of blanks, `#` and `$` in a value is not what most people mean by them.
import type { EnvStatement } from '../../environment/env-file.ts';
import { interpolate } from '../../environment/interpolate.ts';
import { meaningOf, secretMeanings } from '../../environment/meaning.ts';
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import type { DotenvModel } from '../model.ts';

export default defineRule<DotenvModel>({
  id: 'dotenv/quoting',
  severity: 'warning',
  since: '0.1.0',
  *check(model, { settings }) {
    const names = new Set(model.file.statements.map(({ name }) => name));
    for (const [index, statement] of model.file.statements.entries()) {
      const meaning = meaningOf(statement.name, settings);
      const secret = meaning !== undefined && secretMeanings.has(meaning.meaning);
      const report =
        (meaning ? commentAsValue(statement) : undefined) ??
        (secret ? (cutOff(statement, model) ?? substituted(statement, names, model)) : undefined);
      if (report) yield report;
      const behind = behindQuote(statement, model.file.statements[index + 1], model.text);
      if (behind) yield behind;
    }
  },
});

/** `NAME= # comment`: Compose cuts a comment only behind a value. */
function commentAsValue(statement: EnvStatement): Report | undefined {
  if (statement.quote !== undefined || !statement.raw?.startsWith('#')) return undefined;
  const looksLikeComment = /^#\s/.test(statement.raw);
  if (!looksLikeComment) return undefined;
  return {
    span: statement.valueSpan,
    message: `There is no value before this comment, so Compose takes the comment for the value of \`${statement.name}\`. Put the comment on a line of its own.`,
  };
}

/** `SECRET=abc #def`: what stands behind the blank is gone. */
function cutOff(statement: EnvStatement, { id, text }: DotenvModel): Report | undefined {
  const { comment } = statement;
  if (!comment || !/^ #[^\s#]/.test(text.slice(comment.start, comment.start + 3)) || /\s/.test(text.slice(comment.start + 1, comment.end)))
    return undefined;
  const span = { start: statement.valueSpan.start, end: comment.end };
  return {
    span: comment,
    message: `What stands behind a space and \`#\` is a comment to Compose, so \`${statement.name}\` ends before it. Put the value into single quotes if this is a part of it.`,
    fix: quote(id, span, text.slice(span.start, span.end)),
  };
}

/** `SECRET=pa$word`: the dollar sign begins a variable. */
function substituted(statement: EnvStatement, names: ReadonlySet<string>, { id, text }: DotenvModel): Report | undefined {
  if (statement.raw === undefined || statement.quote === "'" || !statement.raw.includes('$')) return undefined;
  const { uses } = interpolate(statement.raw, () => undefined);
  const lost = uses.find(use => use.operator === undefined && !names.has(use.name) && !isWhole(statement.raw as string, use.span));
  if (!lost) return undefined;
  const inner = text.slice(statement.valueSpan.start, statement.valueSpan.end);
  const value = statement.quote ? inner.slice(1, -1) : inner;
  return {
    span: statement.valueSpan,
    message: `To Compose a dollar sign begins a variable that nothing sets here, so a part of \`${statement.name}\` is lost. Put the value into single quotes.`,
    fix: quote(id, statement.valueSpan, value),
  };
}

/** A value that is a variable and nothing else, or a URL with one, is meant that way. */
function isWhole(raw: string, span: { start: number; end: number }): boolean {
  return (span.start === 0 && span.end === raw.length) || raw.slice(span.start, span.start + 2) === '${';
}

/** `NAME="value"more`: Compose reads on behind the quote as if a line began there. */
function behindQuote(statement: EnvStatement, next: EnvStatement | undefined, text: string): Report | undefined {
  if (statement.quote === undefined || !next) return undefined;
  const between = text.slice(statement.span.end, next.span.start);
  if (between.includes('\n')) return undefined;
  return {
    span: { start: next.span.start, end: next.span.end },
    message: `The value of \`${statement.name}\` ends at its quote, so Compose takes this for another variable. Put all of the value into the quotes.`,
  };
}

function quote(file: string, span: { start: number; end: number }, value: string): Fix | readonly Fix[] {
  if (/['\n]/.test(value)) return [];
  return { title: 'Put the value into single quotes', safety: 'unsafe', edits: () => [{ file, span, newText: `'${value}'` }] };
}
