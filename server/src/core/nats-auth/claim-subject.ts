// Subjects in claims, judged as the Go library of JWTs does: more loosely than nats-server does in its configuration.
import type { Issues } from './issue.ts';

/** `Subject.Validate` */
export function judgeSubject(subject: string, issues: Issues): void {
  if (subject === '') {
    issues.error('subject-empty');
    return;
  }
  if (subject.includes(' ')) issues.error('subject-space');
  if (subject.startsWith('.') || subject.endsWith('.')) issues.error('subject-outer-dot');
  if (subject.includes('..')) issues.error('subject-double-dot');
}

/** `Subject.HasWildCards` */
export function hasWildcards(subject: string): boolean {
  return subject === '>' || subject.endsWith('.>') || subject.split('.').includes('*');
}

/** `Subject.IsContainedIn`, which compares token by token and takes a `>` for a word where it is not last. */
export function isContainedIn(subject: string, other: string): boolean {
  const [mine, theirs] = [subject.split('.'), other.split('.')];
  if (mine.length > theirs.length && theirs[theirs.length - 1] !== '>') return false;
  if (mine.length < theirs.length) return false;
  for (const [i, token] of theirs.entries()) {
    if (i === theirs.length - 1 && token === '>') return true;
    if (token !== mine[i] && token !== '*') return false;
  }
  return true;
}

const reference = /^\$([-+]?\d+)$/;

/** `RenamingSubject.Validate`: `$2` stands for the second `*` of the subject that is renamed. */
export function judgeRenaming(local: string, from: string, issues: Issues): void {
  judgeSubject(local, issues);
  if (from === '') issues.error('subject-empty');
  if (local.includes(' ')) issues.error('subject-space');
  const isOpen = (subject: string) => subject === '>' || subject.endsWith('.>');
  if (isOpen(local) !== isOpen(from)) issues.error('renaming-tail');
  const stars = from.split('.').filter(token => token === '*').length;
  let used = 0;
  for (const token of local.split('.')) {
    if (token === '*') used++;
    const index = reference.exec(token)?.[1];
    if (index === undefined) continue;
    if (Number(index) > stars) issues.error('renaming-reference');
    else used++;
  }
  if (used !== stars) issues.error('renaming-count');
}

/** `RenamingSubject.ToSubject`: references become `*`. */
export function withoutReferences(local: string): string {
  return local
    .split('.')
    .map(token => (reference.test(token) ? '*' : token))
    .join('.');
}
