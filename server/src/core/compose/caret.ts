// Where the caret stands in a Compose file that somebody is typing in. Lines and their indentation tell it: the tree of a half-written
// text need not have the line yet.
import type { Span } from '../text/span.ts';
import { type FlowPlace, flowPlaceAt } from './flow-place.ts';

/** In the `environment` of a service. */
export interface EnvironmentCaret {
  readonly at: 'name' | 'value';
  readonly form: 'map' | 'list';
  /** Undefined in a fragment (`x-…`), which any service may take. */
  readonly service: string | undefined;
  /** The variable's name, as far as it is written. */
  readonly name: string;
  /** What a proposal replaces. */
  readonly word: Span;
  readonly quoted: boolean;
  /** Whether a separator follows the name. */
  readonly separated: boolean;
  /** In brackets: where the entry begins, and whether everything around it is JSON. */
  readonly flow?: { readonly start: number; readonly json: boolean };
}

/** In a `${…}` that is being written. */
export interface ReferenceCaret {
  readonly at: 'reference';
  readonly word: Span;
  /** Whether only the name is replaced, since the rest of a `${NAME:-…}` stands there. */
  readonly nameOnly: boolean;
}

/** Undefined in comments, and wherever we have nothing to propose. */
export function caretAt(text: string, offset: number): EnvironmentCaret | ReferenceCaret | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const before = text.slice(start, offset);
  const after = text.slice(offset, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, '');
  if (/(?:^|\s)#/.test(before)) return undefined;
  const reference = referenceIn(before, after, offset);
  if (reference) return reference;
  const flow = flowPlaceAt(text, offset);
  if (flow) return inBrackets(text, flow, after, offset);
  const indent = /^ */.exec(before)?.[0].length ?? 0;
  const isItem = /^ *-(?: |$)/.test(before);
  const path = pathAbove(text, start, indent, isItem);
  const environment = environmentAt(path);
  if (!environment) return undefined;
  return isItem ? inItem(before, after, offset, environment.service) : inEntry(before, after, offset, environment.service);
}

/** The service whose `environment` a path leads to, the innermost key first. Undefined elsewhere. */
function environmentAt(path: readonly string[]): { readonly service: string | undefined } | undefined {
  const inService = path.length === 3 && path[2] === 'services';
  if (path[0] !== 'environment' || !(inService || path.at(-1)?.startsWith('x-'))) return undefined;
  return { service: inService ? path[1] : undefined };
}

function inBrackets(text: string, place: FlowPlace, after: string, offset: number): EnvironmentCaret | undefined {
  const line = text.lastIndexOf('\n', place.open - 1) + 1;
  const opening = /^( *)(- +)*(?:["']?([\w.$-]+)["']? *:)?/.exec(text.slice(line, place.open));
  const above = place.open === 0 ? [] : pathAbove(text, line, opening?.[1]?.length ?? 0, opening?.[2] !== undefined);
  const environment = environmentAt([...place.path, ...(opening?.[3] === undefined ? [] : [opening[3]]), ...above]);
  if (!environment) return undefined;
  const written = text.slice(place.start, offset);
  const quote = /^["'](?!.*["']\s*:)|:\s*["']/.test(written);
  // Unquoted, what follows ends with the entry.
  const rest = quote ? after : (/^[^,\]}]*/.exec(after)?.[0] as string);
  const caret =
    place.kind === 'list'
      ? inItem(`- ${written}`, rest, offset, environment.service)
      : inEntry(written.replace(/:(?=["'])/, ': '), rest, offset, environment.service);
  return caret && { ...caret, flow: { start: place.start, json: place.open === 0 } };
}

function referenceIn(before: string, after: string, offset: number): ReferenceCaret | undefined {
  const match = /(\$+)(\{?)(\w*)$/.exec(before);
  // An even number of dollar signs stands for dollar signs.
  if (!match || (match[1] as string).length % 2 === 0) return undefined;
  const typed = match[3] as string;
  const rest = /^\w*/.exec(after)?.[0] as string;
  const behind = after.slice(rest.length);
  if (match[2] && /^:?[-+?]/.test(behind)) {
    return { at: 'reference', word: { start: offset - typed.length, end: offset + rest.length }, nameOnly: true };
  }
  const closing = match[2] && behind.startsWith('}') ? 1 : 0;
  const opening = 1 + (match[2] as string).length;
  return {
    at: 'reference',
    word: { start: offset - typed.length - opening, end: offset + rest.length + closing },
    nameOnly: false,
  };
}

const keyLine = /^( *)(?:"([^"]+)"|'([^']+)'|([\w.$-]+))\s*:\s*(?:[&!]\S*\s*)*(?:#.*)?$/;

/** Keys that hold the line, the innermost first. */
function pathAbove(text: string, lineStart: number, indent: number, isItem: boolean): readonly string[] {
  const path: string[] = [];
  // Items may stand as far left as their key.
  let limit = isItem ? indent + 1 : indent;
  for (let end = lineStart - 1; end >= 0 && limit > 0; ) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    // Nearly all lines of a long file stand further right.
    if (isBlank(text, start, start + limit)) {
      end = start - 1;
      continue;
    }
    const line = text.slice(start, end).replace(/\r$/, '');
    end = start - 1;
    const content = line.trimStart();
    const own = line.length - content.length;
    if (content === '' || content.startsWith('#') || own >= limit || (isItem && path.length === 0 && content.startsWith('-'))) continue;
    const match = keyLine.exec(line);
    if (!match) return [];
    path.push((match[2] ?? match[3] ?? match[4]) as string);
    limit = own;
  }
  return path;
}

/** Whether there is nothing but blanks from `start` to `end`. */
function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (text.charCodeAt(at) !== 32) return false;
  return true;
}

function inEntry(before: string, after: string, offset: number, service: string | undefined): EnvironmentCaret | undefined {
  const base = { form: 'map' as const, service };
  const name = /^ *(["']?)([\w.]*)$/.exec(before);
  if (name) return nameCaret(name, after, offset, base, /^["']?\s*:/);
  const value = /^ *["']?([\w.]+)["']?\s*: +(["']?)(.*)$/.exec(before);
  return value ? valueCaret(value, after, offset, base) : undefined;
}

function inItem(before: string, after: string, offset: number, service: string | undefined): EnvironmentCaret | undefined {
  const base = { form: 'list' as const, service };
  const name = /^ *- *(["']?)([\w.]*)$/.exec(before);
  if (name) return nameCaret(name, after, offset, base, /^=/);
  const value = /^ *- +(["']?)([\w.]+)=(.*)$/.exec(before);
  return value ? valueCaret([value[0], value[2] as string, value[1] as string, value[3] as string], after, offset, base) : undefined;
}

type Base = Pick<EnvironmentCaret, 'form' | 'service'>;

function nameCaret(match: readonly string[], after: string, offset: number, base: Base, separator: RegExp): EnvironmentCaret {
  const typed = match[2] as string;
  const rest = /^[\w.]*/.exec(after)?.[0] as string;
  return {
    ...base,
    at: 'name',
    name: typed + rest,
    word: { start: offset - typed.length, end: offset + rest.length },
    quoted: match[1] !== '',
    separated: separator.test(after.slice(rest.length)),
  };
}

/** `match`: all of it, the name, the quote and what is typed of the value. */
function valueCaret(match: readonly string[], after: string, offset: number, base: Base): EnvironmentCaret | undefined {
  const quote = match[2] as string;
  const typed = match[3] as string;
  if (quote && typed.includes(quote)) return undefined;
  const rest = (quote ? after.split(quote, 1)[0] : after.replace(/\s+#.*$/, '').trimEnd()) as string;
  return {
    ...base,
    at: 'value',
    name: match[1] as string,
    word: { start: offset - typed.length, end: offset + rest.length },
    quoted: quote !== '',
    separated: true,
  };
}
