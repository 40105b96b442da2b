// Subject mappings: what nats-server accepts as the destination of a mapping or of an import with another subject.
import { behaves } from '../facts/nats-behaviors.ts';
import type { Release } from '../facts/nats-release.ts';
import { hasWildcards } from './subject.ts';

/** What is wrong with a destination. `token` is the part that is meant, where it is one. */
export interface TransformProblem {
  readonly kind:
    | 'invalid-subject'
    | 'wildcard-in-destination'
    | 'full-wildcard-mismatch'
    | 'unknown-function'
    | 'function-not-yet'
    | 'arguments'
    | 'no-such-wildcard'
    | 'function-without-wildcards'
    | 'function-in-import'
    | 'unused-wildcards';
  readonly token?: string;
}

type Placeholder =
  | { readonly kind: 'literal' }
  | { readonly kind: 'wildcard' | 'function' | 'partition' | 'random'; readonly indexes: readonly number[] }
  | { readonly kind: 'problem'; readonly problem: TransformProblem };

/** Names of the functions that a mapping destination may hold. Each of their words may begin with a capital or not. */
export const mappingFunctions: readonly string[] = [
  'wildcard',
  'partition',
  'split',
  'splitFromLeft',
  'splitFromRight',
  'sliceFromLeft',
  'sliceFromRight',
  'left',
  'right',
  'random',
];

const functions = mappingFunctions.map(name => {
  const word = name.replace(/^[a-z]|[A-Z]/g, letter => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
  return { name: name.toLowerCase(), pattern: new RegExp(`\\{\\{\\s*${word}\\s*\\((.*)\\)\\s*\\}\\}`) };
});

/**
 * Whether a server of this version maps `source` to `destination`; undefined when it does. `strict` is for imports, which must be
 * reversible: only wildcards, and all of them.
 */
export function transformProblem(source: string, destination: string, version: Release, strict: boolean): TransformProblem | undefined {
  const modern = behaves(version, 'mapping-may-drop-wildcards');
  if (destination === '') return modern ? undefined : { kind: 'invalid-subject' };
  const [s, d] = [subjectInfo(source || '>'), subjectInfo(destination)];
  if (!s || !d) return { kind: 'invalid-subject' };
  if (d.wildcards > 0) return { kind: 'wildcard-in-destination', token: '*' };
  if (s.full !== d.full) return { kind: 'full-wildcard-mismatch' };
  let used = 0;
  for (const token of d.tokens) {
    const placeholder = readPlaceholder(token, version);
    if (placeholder.kind === 'problem') return placeholder.problem;
    if (placeholder.kind === 'literal') continue;
    const problem = useProblem(placeholder, token, s, version, strict);
    if (problem) return problem;
    used += modern ? placeholder.indexes.length : 1;
  }
  const mustUseAll = modern ? strict : s.wildcards > 0 || s.full;
  return mustUseAll && used < s.wildcards ? { kind: 'unused-wildcards' } : undefined;
}

interface SubjectInfo {
  readonly tokens: readonly string[];
  readonly wildcards: number;
  readonly full: boolean;
}

function subjectInfo(subject: string): SubjectInfo | undefined {
  const tokens = subject.split('.');
  if (tokens.some((token, i) => token === '' || (token === '>' && i < tokens.length - 1))) return undefined;
  return { tokens, wildcards: tokens.filter(token => token === '*').length, full: tokens[tokens.length - 1] === '>' };
}

function useProblem(
  placeholder: Exclude<Placeholder, { kind: 'literal' | 'problem' }>,
  token: string,
  source: SubjectInfo,
  version: Release,
  strict: boolean,
): TransformProblem | undefined {
  const modern = behaves(version, 'mapping-may-drop-wildcards');
  const free =
    (placeholder.kind === 'random' || placeholder.kind === 'partition') && behaves(version, 'mapping-functions-without-wildcards');
  if (source.wildcards === 0 && !source.full) {
    return modern && !free ? { kind: 'function-without-wildcards', token } : undefined;
  }
  if (strict && modern && placeholder.kind !== 'wildcard') return { kind: 'function-in-import', token };
  if (modern && source.wildcards === 0 && !behaves(version, 'mapping-functions-without-wildcards'))
    return { kind: 'no-such-wildcard', token };
  if (placeholder.kind !== 'random' && placeholder.indexes.some(index => index > source.wildcards))
    return { kind: 'no-such-wildcard', token };
  return undefined;
}

function readPlaceholder(token: string, version: Release): Placeholder {
  if (/^\$[-+]?\d+$/.test(token)) return { kind: 'wildcard', indexes: [Number(token.slice(1))] };
  if (!isFunctionToken(token)) return { kind: 'literal' };
  const bad = (kind: TransformProblem['kind']): Placeholder => ({ kind: 'problem', problem: { kind, token } });
  const call = readCall(token);
  if (!call) return bad('unknown-function');
  const { name, args } = call;
  if ((name === 'left' || name === 'right') && !behaves(version, 'mapping-functions-left-right')) return bad('function-not-yet');
  if (name === 'random' && !behaves(version, 'mapping-functions-without-wildcards')) return bad('function-not-yet');
  return readArguments(name, args, version) ?? bad('arguments');
}

/** Whether a token is a call such as `{{wildcard(1)}}`, known or not. */
function isFunctionToken(token: string): boolean {
  return token.length > 4 && token.startsWith('{{') && token.endsWith('}}');
}

/** The function that a token calls, its name in small letters; undefined where it is none that the server knows. */
export function readCall(token: string): { readonly name: string; readonly args: readonly string[] } | undefined {
  if (!isFunctionToken(token)) return undefined;
  for (const { name, pattern } of functions) {
    const match = pattern.exec(token);
    if (match) return { name, args: (match[1] as string).split(/,[ \t\r\n\f]*/) };
  }
  return undefined;
}

/** Undefined where the arguments do not fit the function. */
function readArguments(name: string, args: readonly string[], version: Release): Placeholder | undefined {
  const numbers = args.map(integer);
  const read = numbers.filter(value => value !== undefined);
  const all = read.length === numbers.length;
  const newest = behaves(version, 'mapping-functions-without-wildcards');
  const fits = (value: number | undefined) => value !== undefined && (!newest || value <= 2 ** 31 - 1);
  switch (name) {
    case 'wildcard':
      return args.length === 1 && all ? { kind: 'wildcard', indexes: read } : undefined;
    case 'partition':
      if (!all || !fits(numbers[0]) || (args.length < 2 && !newest)) return undefined;
      return { kind: 'partition', indexes: read.slice(1) };
    case 'random':
      return args.length === 1 && fits(numbers[0]) ? { kind: 'random', indexes: [] } : undefined;
    case 'split':
      if (args.length !== 2 || numbers[0] === undefined || /[ .]/.test(args[1] as string)) return undefined;
      return { kind: 'function', indexes: [numbers[0]] };
    default:
      return args.length === 2 && all ? { kind: 'function', indexes: read.slice(0, 1) } : undefined;
  }
}

function integer(text: string): number | undefined {
  const trimmed = text.replace(/^ +| +$/g, '');
  return /^[-+]?\d+$/.test(trimmed) ? Number(trimmed) : undefined;
}

/** `foo.*.*` as a destination: `foo.$1.$2`. */
export function withPlaceholders(subject: string): string {
  let count = 0;
  return subject
    .split('.')
    .map(token => (token === '*' ? `$${++count}` : token))
    .join('.');
}

/** `foo.$2.{{wildcard(1)}}` as a pattern: `foo.*.*`. */
export function withWildcards(subject: string): string {
  return subject
    .split('.')
    .map(token => (/^\$[1-9]/.test(token) || /\{\{\s*[wW]ildcard\s*\([^,]+\)\s*\}\}/.test(token) ? '*' : token))
    .join('.');
}

/** What is wrong with one destination of a subject mapping; mappings are stricter about their words than imports. */
export function mappingProblem(source: string, destination: string, version: Release): TransformProblem | undefined {
  for (const token of destination === '' ? [] : destination.split('.')) {
    if (token === '') return { kind: 'invalid-subject' };
    const isFunction = isFunctionToken(token);
    if (isFunction && !readCall(token)) return { kind: 'unknown-function', token };
    if (!isFunction && /[ \t\n\f\r]/.test(token)) return { kind: 'invalid-subject', token };
  }
  return transformProblem(source, destination, version, false);
}

/** Whether two subjects may match a common one, in the way in which the server looks for import cycles. */
export function subjectsCollide(a: string, b: string): boolean {
  if (a === b) return true;
  const [x, y] = [a.split('.'), b.split('.')];
  const [literalX, literalY] = [!hasWildcards(a), !hasWildcards(b)];
  if (literalX && literalY) return false;
  if (literalX) return isSubset(a, b);
  if (literalY) return isSubset(b, a);
  const [fullX, fullY] = [x.includes('>'), y.includes('>')];
  if (!fullX && !fullY && x.length !== y.length) return false;
  if ((x.length < y.length && !fullX) || (y.length < x.length && !fullY)) return false;
  const common = Math.min(x.length, y.length);
  for (let i = 0; i < common; i++) {
    const [s, t] = [x[i] as string, y[i] as string];
    if (s !== t && !/^[*>]$/.test(s) && !/^[*>]$/.test(t)) return false;
  }
  return true;
}

/** Whether `subject` lies within the pattern `test`. As in the server, a token of the pattern that only begins with `*` matches any. */
export function isSubset(subject: string, test: string): boolean {
  const tokens = subject.split('.');
  const pattern = test.split('.');
  for (const [i, wanted] of pattern.entries()) {
    const token = tokens[i];
    if (token === undefined || wanted === '') return false;
    if (wanted === '>') return true;
    if (token === '' || token === '>') return false;
    if (token === '*') {
      if (wanted !== '*') return false;
    } else if (!wanted.startsWith('*') && token !== wanted) return false;
  }
  return tokens.length === pattern.length;
}
