// The lines of dashes around credentials as they are written: what they promise, and where clients of NATS do not recognise them.
import { isArmourEnd, isArmourLine } from '../nats-auth/armour.ts';
import type { Span } from '../text/span.ts';

/** A line that begins an armoured part, and what stands below it up to its end. */
export interface LabelledPart {
  /** The words between the dashes, after BEGIN. */
  readonly label: Span;
  readonly content: Span;
  /** From the beginning of its first line to the end of its last one. */
  readonly whole: Span;
}

export type ArmourFault = { readonly span: Span; readonly part: LabelledPart } & (
  | /** Fewer than three dashes, or something behind the last one. */ { readonly kind: 'dashes' }
  | /** No line of dashes below. */ { readonly kind: 'end' }
  | /** Nothing between the lines. */ { readonly kind: 'empty' }
  | /** More than one line, or white space around it. */ { readonly kind: 'lines' }
);

const beginLine = /^[^\S\n]*(-+)[^\S\n]*BEGIN[^\S\n]+([A-Z][A-Z ]{0,40}[A-Z])[^\S\n]*(-+)[^\n]*$/gim;
/** A JWT may have dashes too, but does not begin with them. */
const dashedLine = /^[^\S\n]*--[^\n]*$/gm;

export function labelledParts(text: string): readonly LabelledPart[] {
  return [...read(text)].map(({ part }) => part);
}

export function armourFaults(text: string): readonly ArmourFault[] {
  return [...read(text)].flatMap(({ fault }) => fault ?? []);
}

function* read(text: string): Generator<{ part: LabelledPart; fault: ArmourFault | undefined }> {
  for (const match of text.matchAll(beginLine)) {
    const begin = { start: match.index, end: match.index + match[0].length };
    const labelStart = begin.start + match[0].indexOf(match[2] as string);
    dashedLine.lastIndex = begin.end;
    const next = dashedLine.exec(text);
    const end = next && !/BEGIN/i.test(next[0]) ? { start: next.index, end: next.index + next[0].length } : undefined;
    const contentStart = Math.min(begin.end + 1, text.length);
    const content = { start: contentStart, end: next ? Math.max(contentStart, next.index - 1) : text.length };
    const label = { start: labelStart, end: labelStart + (match[2] as string).length };
    const part = { label, content, whole: { start: begin.start, end: end?.end ?? content.end } };
    yield { part, fault: faultOf(text, begin, part, end) };
  }
}

function faultOf(text: string, begin: Span, part: LabelledPart, end: Span | undefined): ArmourFault | undefined {
  const read = ({ start, end: to }: Span) => text.slice(start, to);
  const trim = (span: Span) => ({ start: span.start, end: span.start + read(span).trimEnd().length });
  if (!isArmourLine(read(begin))) return { kind: 'dashes', span: trim(begin), part };
  if (!end) return { kind: 'end', span: trim(begin), part };
  if (read(part.content).trim() === '') return { kind: 'empty', span: trim(begin), part };
  if (!/^[\w\-.=]+\r?$/.test(read(part.content))) return { kind: 'lines', span: trim(part.content), part };
  return isArmourEnd(read(end)) ? undefined : { kind: 'dashes', span: trim(end), part };
}
