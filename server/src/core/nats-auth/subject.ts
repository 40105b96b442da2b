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

/** What is wrong with a subject; undefined when nothing is. White space is what the server looks for: space, tab, CR, LF and form feed. */
export function subjectProblem(subject: string): SubjectProblem | undefined {
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
  return subject.split('.').some(token => token === '*' || token === '>');
}

/** A valid subject without wildcards. */
export function isLiteralSubject(subject: string): boolean {
  return isValidSubject(subject) && !hasWildcards(subject);
}

/** Whether every subject that `inner` matches is matched by `outer` too. */
export function coversSubject(outer: string, inner: string): boolean {
  const [o, i] = [outer.split('.'), inner.split('.')];
  for (const [at, token] of o.entries()) {
    if (token === '>') return i.length > at;
    const other = i[at];
    if (other === undefined || other === '>') return false;
    if (token !== '*' && token !== other) return false;
  }
  return o.length === i.length;
}

/** Whether some subject is matched by both patterns. */
export function subjectsOverlap(a: string, b: string): boolean {
  const [x, y] = [a.split('.'), b.split('.')];
  for (let at = 0; at < Math.max(x.length, y.length); at++) {
    const [s, t] = [x[at], y[at]];
    if (s === undefined || t === undefined) return false;
    if (s === '>' || t === '>') return true;
    if (s !== t && s !== '*' && t !== '*') return false;
  }
  return true;
}
