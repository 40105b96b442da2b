// NATS subjects: what is valid, and what a pattern matches. Names of parts as in the NATS documentation: tokens separated by dots.

/**
 * Whether nats-server takes the text as a subject or pattern: tokens are not empty and hold no white space, and `>` stands last.
 * `foo.b*` is valid too, though its `*` is no wildcard.
 */
export function isValidSubject(subject: string): boolean {
  return subjectProblem(subject) === undefined;
}

export type SubjectProblem = 'empty' | 'empty-token' | 'space' | 'wildcard-not-last';

const dot = 46;
const fullWildcard = 62;
const star = 42;

/** What is wrong with a subject; undefined when nothing is. White space is what the server looks for: space, tab, CR, LF and form feed. */
export function subjectProblem(subject: string): SubjectProblem | undefined {
  return plainSubject.test(subject) ? undefined : problemIn(subject);
}

/** What nearly all look like: nothing is wrong with these, and the engine sees it sooner than a loop over their characters. */
const plainSubject = /^[^\s.>]+(?:\.[^\s.>]+)*(?:\.>)?$/;

const ordinaryPattern = /^(?:>|(?:\*|[^\s.,*>]+)(?:\.(?:\*|[^\s.,*>]+))*(?:\.>)?)$/;

/** Whether it is valid and its wildcards are whole tokens, without a comma in it: nothing about it itself can be a slip. */
export function isOrdinaryPattern(subject: string): boolean {
  return ordinaryPattern.test(subject);
}

const plainPattern = /^[^\s.,*>$][^\s.,*>]*(?:\.(?:\*(?!$)|[^\s.,*>]+))*(?:\.>)?$/;

/** Whether it is ordinary, names its first token, which is none of the server's own (`$JS`), and does not end in `*`. */
export function isPlainPattern(subject: string): boolean {
  return plainPattern.test(subject);
}

function problemIn(subject: string): SubjectProblem | undefined {
  if (subject === '') return 'empty';
  let start = 0;
  let problem: SubjectProblem | undefined;
  for (let i = 0; i <= subject.length; i++) {
    const code = i < subject.length ? subject.charCodeAt(i) : dot;
    if (code === 32 || code === 9 || code === 10 || code === 12 || code === 13) problem ??= 'space';
    if (code !== dot) continue;
    if (i === start) return 'empty-token';
    if (i < subject.length && i === start + 1 && subject.charCodeAt(start) === fullWildcard) problem ??= 'wildcard-not-last';
    start = i + 1;
  }
  return problem;
}

/** Whether a token of its own is a wildcard. */
export function hasWildcards(subject: string): boolean {
  return /(?:^|\.)[*>](?:\.|$)/.test(subject);
}

/** A valid subject without wildcards. */
export function isLiteralSubject(subject: string): boolean {
  return isValidSubject(subject) && !hasWildcards(subject);
}

/**
 * Whether `pattern` matches `subject`, whose characters all stand for themselves. Given a pattern as `subject`, that is how the
 * server judges subscriptions by their permissions: `foo.*` matches the text `foo.>`.
 */
export function matchesSubject(pattern: string, subject: string): boolean {
  let p = 0;
  let s = 0;
  for (;;) {
    const [pEnd, sEnd] = [tokenEnd(pattern, p), tokenEnd(subject, s)];
    // An empty token is no token: nothing matches it.
    if (sEnd === s || pEnd === p) return false;
    const first = pEnd - p === 1 ? pattern.charCodeAt(p) : 0;
    if (first === fullWildcard) return pEnd === pattern.length && !hasEmptyToken(subject, sEnd);
    if (first !== star && !isSameToken(pattern, p, pEnd, subject, s, sEnd)) return false;
    if (pEnd === pattern.length || sEnd === subject.length) return pEnd === pattern.length && sEnd === subject.length;
    p = pEnd + 1;
    s = sEnd + 1;
  }
}

function tokenEnd(subject: string, start: number): number {
  const end = subject.indexOf('.', start);
  return end < 0 ? subject.length : end;
}

function isSameToken(a: string, aStart: number, aEnd: number, b: string, bStart: number, bEnd: number): boolean {
  if (aEnd - aStart !== bEnd - bStart) return false;
  for (let at = aStart; at < aEnd; at++) if (a.charCodeAt(at) !== b.charCodeAt(at - aStart + bStart)) return false;
  return true;
}

function hasEmptyToken(subject: string, from: number): boolean {
  return subject.endsWith('.') || subject.indexOf('..', from) >= 0;
}

/** Whether the first characters already tell that two patterns have nothing in common, as those of most pairs do. */
export function beginOtherwise(a: string, b: string): boolean {
  const first = a.charCodeAt(0);
  const other = b.charCodeAt(0);
  if (first === other || first === star || other === star || first === fullWildcard || other === fullWildcard) return false;
  // Behind the end of an empty text there is no number.
  return first >= 0 && other >= 0;
}

/** Whether every subject that `inner` matches is matched by `outer` too. */
export function coversSubject(outer: string, inner: string): boolean {
  if (beginOtherwise(outer, inner)) return false;
  // Asked for every pair of patterns of a list, so nothing is cut out of the texts.
  for (let o = 0, i = 0; ; ) {
    const oEnd = tokenEnd(outer, o);
    const iEnd = tokenEnd(inner, i);
    const wildcard = oEnd - o === 1 ? outer.charCodeAt(o) : 0;
    if (wildcard === fullWildcard) return true;
    if (iEnd - i === 1 && inner.charCodeAt(i) === fullWildcard) return false;
    if (wildcard !== star && !isSameToken(outer, o, oEnd, inner, i, iEnd)) return false;
    if (oEnd === outer.length || iEnd === inner.length) return oEnd === outer.length && iEnd === inner.length;
    o = oEnd + 1;
    i = iEnd + 1;
  }
}

/** Whether some subject is matched by both patterns. */
export function subjectsOverlap(a: string, b: string): boolean {
  if (beginOtherwise(a, b)) return false;
  for (let x = 0, y = 0; ; ) {
    const xEnd = tokenEnd(a, x);
    const yEnd = tokenEnd(b, y);
    const s = xEnd - x === 1 ? a.charCodeAt(x) : 0;
    const t = yEnd - y === 1 ? b.charCodeAt(y) : 0;
    if (s === fullWildcard || t === fullWildcard) return true;
    if (s !== star && t !== star && !isSameToken(a, x, xEnd, b, y, yEnd)) return false;
    if (xEnd === a.length || yEnd === b.length) return xEnd === a.length && yEnd === b.length;
    x = xEnd + 1;
    y = yEnd + 1;
  }
}

/** The pattern for what both patterns match; undefined when they have nothing in common. Both must be valid. */
export function intersectSubjects(a: string, b: string): string | undefined {
  const [x, y] = [a.split('.'), b.split('.')];
  const common: string[] = [];
  for (let at = 0; at < Math.max(x.length, y.length); at++) {
    const [s, t] = [x[at], y[at]];
    if (s === undefined || t === undefined) return undefined;
    if (s === '>') return [...common, ...y.slice(at)].join('.');
    if (t === '>') return [...common, ...x.slice(at)].join('.');
    if (s !== t && s !== '*' && t !== '*') return undefined;
    common.push(s === '*' ? t : s);
  }
  return common.join('.');
}

/**
 * Patterns that together match what `whole` matches and `part` does not, none of them twice: `foo.>` without `foo.*` is `foo.*.>`.
 * Undefined where no patterns can say it, as in `foo.*` without `foo.bar`. Both must be valid.
 */
export function subtractSubject(whole: string, part: string): readonly string[] | undefined {
  const common = intersectSubjects(whole, part);
  if (common === undefined) return [whole];
  if (common === whole) return [];
  const head = whole.split('.');
  const rest = common.split('.');
  // What is taken away must differ in its length alone: a pattern cannot name the words that it does not match.
  if (head.pop() !== '>' || head.some((token, at) => token !== rest[at])) return undefined;
  const tail = rest.slice(head.length);
  const open = tail.at(-1) === '>';
  const stars = open ? tail.slice(0, -1) : tail;
  if (stars.some(token => token !== '*')) return undefined;
  const shorter = stars.map((_, at) => [...head, ...stars.slice(0, at + 1)].join('.'));
  return open ? shorter : [...shorter.slice(0, -1), [...head, ...stars, '>'].join('.')];
}

/**
 * The pattern that matches everything that any of the patterns matches, and as little beyond that as a pattern can:
 * `analytics.events.>` for `analytics.events.a` and `analytics.events.b.c`. Undefined for none. All must be valid.
 */
export function narrowestCover(patterns: readonly string[]): string | undefined {
  if (patterns.length === 0) return undefined;
  const all = patterns.map(pattern => pattern.split('.'));
  const shortest = Math.min(...all.map(tokens => tokens.length));
  const open = all.some(tokens => tokens.length !== shortest || tokens.at(-1) === '>');
  // `>` matches one token or more, so it takes the place of the last token of the shortest one.
  const merged = (all[0] as string[]).slice(0, open ? shortest - 1 : shortest).map((token, at) => {
    return all.every(tokens => tokens[at] === token) ? token : '*';
  });
  return (open ? [...merged, '>'] : merged).join('.');
}

/** The patterns that no other of them covers, in their order; of equal ones the first. All must be valid. */
export function withoutCovered(patterns: readonly string[]): readonly string[] {
  return patterns.filter((pattern, at) =>
    patterns.every((other, i) => i === at || !coversSubject(other, pattern) || (i > at && coversSubject(pattern, other))),
  );
}
