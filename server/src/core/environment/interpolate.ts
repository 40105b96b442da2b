// `${VARIABLE}` as Compose reads it, in Compose files and in dotenv files. It behaves as compose-go's `template` package does,
// quirks included: what this says is what the container will see.
import type { Span } from '../text/span.ts';

/** Value of a variable, or undefined when nobody sets it. An empty value is a value. */
export type Lookup = (name: string) => string | undefined;

export type Operator = ':-' | '-' | ':?' | '?' | ':+' | '+';

/** One variable in a template that was looked at; those in a default that was not needed are not listed. */
export interface VariableUse {
  readonly name: string;
  /** The whole `${…}` or `$NAME`, as offsets into the template. */
  readonly span: Span;
  readonly nameSpan: Span;
  readonly operator: Operator | undefined;
  /** What follows the operator, as offsets into the template. */
  readonly operand: Span | undefined;
  readonly state: 'set' | 'empty' | 'unset';
  /** Where the text came from: the variable's own value, or the operand of `-` or `+`. `refused` is a `?` that has nothing. */
  readonly gave: 'value' | 'operand' | 'refused';
}

export interface Interpolation {
  /** The text after substitution; variables without a value are blank. */
  readonly text: string;
  readonly uses: readonly VariableUse[];
  /** Where the template is malformed: Compose refuses the whole file. */
  readonly malformed: Span | undefined;
}

/** Nesting above which a default is left as it stands; nobody writes that, and the stack is finite. */
const deepest = 100;

/** Substitutes the variables of a template. */
export function interpolate(template: string, lookup: Lookup): Interpolation {
  if (!template.includes('$')) return { text: template, uses: [], malformed: undefined };
  const run: Run = { template, lookup, uses: [], malformed: undefined, lastBrace: -1, lineEnd: -1 };
  return { text: substitute(run, { start: 0, end: template.length }, 0), uses: run.uses, malformed: run.malformed };
}

interface Run {
  readonly template: string;
  readonly lookup: Lookup;
  readonly uses: VariableUse[];
  malformed: Span | undefined;
  /** Last closing brace of the line that ends at `lineEnd`, so that a line full of variables is looked through once. */
  lastBrace: number;
  lineEnd: number;
}

const simpleName = /[_a-z][_a-z0-9]*/iy;
const operatorText = /:?[-+?]/y;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function substitute(run: Run, region: Span, depth: number): string {
  const { template } = run;
  let text = '';
  let at = region.start;
  while (at < region.end) {
    const dollar = template.indexOf('$', at);
    if (dollar < 0 || dollar + 1 >= region.end) break;
    text += template.slice(at, dollar);
    const next = template[dollar + 1];
    if (next === '$') {
      text += '$';
      at = dollar + 2;
    } else if (next === '{') {
      const braced = readBraced(run, dollar, region.end);
      text += braced ? resolve(run, braced, depth) : '';
      at = braced ? braced.end : dollar + 2;
    } else {
      const variable = matchAt(simpleName, template, dollar + 1);
      at = dollar + 1 + (variable?.length ?? 0);
      text += variable === undefined ? '$' : resolve(run, { start: dollar, nameStart: dollar + 1, name: variable, end: at }, depth);
    }
  }
  return text + template.slice(at, region.end);
}

interface Reference {
  readonly start: number;
  readonly end: number;
  readonly nameStart: number;
  readonly name: string;
  readonly operator?: Operator;
  readonly operand?: Span;
}

/** Reads `${…}` at `start`; undefined, and noted, where it is malformed. */
function readBraced(run: Run, start: number, limit: number): Reference | undefined {
  const { template } = run;
  const nameStart = start + 2;
  const name = matchAt(simpleName, template, nameStart);
  const nameEnd = nameStart + (name?.length ?? 0);
  if (name !== undefined && nameEnd < limit) {
    if (template[nameEnd] === '}') return { start, end: nameEnd + 1, nameStart, name };
    const operator = matchAt(operatorText, template, nameEnd) as Operator | undefined;
    // compose-go's pattern is greedy: it takes everything up to the last brace of the line, then looks for the one that closes.
    const last = operator === undefined ? -1 : lastBraceOfLine(run, nameEnd, limit);
    if (operator !== undefined && last >= nameEnd + operator.length) {
      const end = (closingBrace(template, start, last) ?? last) + 1;
      return { start, end, nameStart, name, operator, operand: { start: nameEnd + operator.length, end: end - 1 } };
    }
  }
  run.malformed ??= { start, end: endOfMalformed(template, start, limit) };
  return undefined;
}

function lastBraceOfLine(run: Run, from: number, limit: number): number {
  if (from > run.lineEnd) {
    const lineFeed = run.template.indexOf('\n', from);
    run.lineEnd = lineFeed < 0 ? run.template.length : lineFeed;
    run.lastBrace = run.template.lastIndexOf('}', run.lineEnd - 1);
  }
  return run.lastBrace < limit ? run.lastBrace : run.template.lastIndexOf('}', limit - 1);
}

/** The brace that closes the one behind `start`. The character after an opening brace is skipped, as compose-go does. */
function closingBrace(template: string, start: number, last: number): number | undefined {
  let open = 0;
  for (let i = start; i <= last; i++) {
    if (template[i] === '}') {
      open--;
      if (open === 0) return i;
    } else if (template[i] === '{') {
      open++;
      i++;
    }
  }
  return undefined;
}

/** What a person would mend: up to the next brace, or the rest of the word. */
function endOfMalformed(template: string, start: number, limit: number): number {
  const word = matchAt(/[^\s}]*\}?/y, template, start) as string;
  return Math.min(start + Math.max(word.length, 2), limit);
}

function resolve(run: Run, reference: Reference, depth: number): string {
  const { name, operator, operand } = reference;
  const value = run.lookup(name);
  const missing = value === undefined || (value === '' && operator?.startsWith(':') === true);
  const kind = operator?.at(-1);
  const gave =
    kind === '+' ? (missing ? 'value' : 'operand') : kind !== undefined && missing ? (kind === '?' ? 'refused' : 'operand') : 'value';
  run.uses.push({
    name,
    span: { start: reference.start, end: reference.end },
    nameSpan: { start: reference.nameStart, end: reference.nameStart + name.length },
    operator,
    operand,
    state: value === undefined ? 'unset' : value === '' ? 'empty' : 'set',
    gave,
  });
  if (gave === 'value' || operand === undefined) return value ?? '';
  const text = depth < deepest ? substitute(run, operand, depth + 1) : run.template.slice(operand.start, operand.end);
  return gave === 'operand' ? text : '';
}
