// The lines of dashes around credentials as they are written: what they promise, and where clients of NATS do not recognise them.
import type { Span } from '../text/span.ts';

/** A line that begins an armoured part, and what stands below it up to its end. */
export interface LabelledPart {
  /** The words between the dashes, after BEGIN. */
  readonly label: Span;
  readonly content: Span;
}

export type ArmourFault = { readonly span: Span; readonly part: LabelledPart } & (
  | /** Fewer than three dashes, or something behind the last one. */ { readonly kind: 'dashes' }
  | /** No line of dashes below. */ { readonly kind: 'end' }
  | /** Nothing between the lines. */ { readonly kind: 'empty' }
  | /** More than one line, or white space around it. */ { readonly kind: 'lines' }
);

const beginLine = /^[^\S\n]*(-+)[^\S\n]*BEGIN[^\S\n]+([A-Z][A-Z ]*[A-Z])[^\S\n]*(-+)[^\n]*$/gim;
const dashedLine = /^[^\n]*--[^\n]*$/gm;
/** What Go looks for: three dashes somewhere, and three at the end. */
const rightLine = /-{3,}.*-{3,}\r?$/;

export function labelledParts(text: string): readonly LabelledPart[] {
  return [...read(text)].map(({ part }) => part);
}

export function armourFaults(text: string): readonly ArmourFault[] {
  return [...read(text)].flatMap(({ fault }) => fault ?? []);
}

function* read(text: string): Generator<{ part: LabelledPart; fault: ArmourFault | undefined }> {
  for (const match of text.matchAll(beginLine)) {
    const line = { start: match.index, end: match.index + match[0].length };
    const labelStart = line.start + match[0].indexOf(match[2] as string);
    dashedLine.lastIndex = line.end;
    const end = dashedLine.exec(text);
    const content = { start: Math.min(line.end + 1, text.length), end: end ? Math.max(line.end + 1, end.index - 1) : text.length };
    const part = { label: { start: labelStart, end: labelStart + (match[2] as string).length }, content };
    yield { part, fault: faultOf(text, line, part, end) };
  }
}

function faultOf(text: string, line: Span, part: LabelledPart, end: RegExpExecArray | null): ArmourFault | undefined {
  const content = text.slice(part.content.start, part.content.end);
  const trim = (span: Span) => ({ start: span.start, end: span.start + text.slice(span.start, span.end).trimEnd().length });
  if (!rightLine.test(text.slice(line.start, line.end))) return { kind: 'dashes', span: trim(line), part };
  if (!end || /BEGIN/i.test(end[0])) return { kind: 'end', span: trim(line), part };
  if (!rightLine.test(end[0])) return { kind: 'dashes', span: trim({ start: end.index, end: end.index + end[0].length }), part };
  if (content.trim() === '') return { kind: 'empty', span: trim(line), part };
  if (!/^[\w\-.=]+\r?$/.test(content)) return { kind: 'lines', span: trim(part.content), part };
  return undefined;
}
