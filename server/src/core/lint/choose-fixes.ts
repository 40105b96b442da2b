// Which fixes can be applied together, and how their edits fit into a text.
import type { Edit } from '../text/edit.ts';
import type { FileId } from '../text/file-id.ts';
import type { Finding, Fix, Safety } from './finding.ts';

export interface ChosenFixes {
  readonly edits: ReadonlyMap<FileId, readonly Edit[]>;
  /** How many fixes the edits come from. */
  readonly count: number;
}

/**
 * As many fixes as go together: one for each finding, none that touches a place that another one changes. A fix that breaks is left
 * out and named to `failed`.
 */
export function chooseFixes(
  findings: readonly Finding[],
  level: Safety,
  failed: (finding: Finding, error: unknown) => void = () => undefined,
): ChosenFixes {
  const edits = new Map<FileId, Edit[]>();
  let count = 0;
  for (const finding of findings) {
    const fix = finding.fixes.find(one => one.safety === 'safe') ?? (level === 'unsafe' ? finding.fixes[0] : undefined);
    if (!fix) continue;
    let own: readonly Edit[];
    try {
      own = editsOf(fix);
    } catch (error) {
      failed(finding, error);
      continue;
    }
    if (own.length === 0 || own.some(edit => (edits.get(edit.file) ?? []).some(other => meets(edit, other)))) continue;
    count++;
    for (const edit of own) edits.set(edit.file, [...(edits.get(edit.file) ?? []), edit]);
  }
  return { edits, count };
}

/** The edits of a fix. Throws what computing them throws, and a RangeError where two of them overlap and do not just delete. */
export function editsOf(fix: Fix): readonly Edit[] {
  const edits = withJoinedDeletions(fix.edits());
  const overlap = edits.some((edit, i) =>
    edits.slice(0, i).some(other => edit.file === other.file && edit.span.start < other.span.end && other.span.start < edit.span.end),
  );
  if (overlap) throw new RangeError('edits of one fix must not overlap');
  return edits;
}

/** Two neighbours that are both to go each take the comma between them along: together that is one deletion. */
function withJoinedDeletions(edits: readonly Edit[]): readonly Edit[] {
  const joined: Edit[] = [];
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    const at =
      edit.newText === '' ? joined.findIndex(one => one.newText === '' && one.file === edit.file && edit.span.start < one.span.end) : -1;
    const before = joined[at];
    if (!before) joined.push(edit);
    else joined[at] = { ...before, span: { start: before.span.start, end: Math.max(before.span.end, edit.span.end) } };
  }
  return joined.length === edits.length ? edits : joined;
}

/** Fits edits to the text they are for: new lines get its line ending, and nothing comes before a byte order mark. */
export function fitEdits(text: string, edits: readonly Edit[]): readonly Edit[] {
  const windows = /\r?\n/.exec(text)?.[0] === '\r\n';
  return edits.map(edit => {
    const newText = windows ? edit.newText.replace(/\r?\n/g, '\r\n') : edit.newText;
    const isBeforeMark = edit.span.end === 0 && text.startsWith('\uFEFF');
    return { ...edit, newText, span: isBeforeMark ? { start: 1, end: 1 } : edit.span };
  });
}

/** Touching counts as meeting: of two insertions at one place nobody knows which comes first. */
function meets(a: Edit, b: Edit): boolean {
  return a.span.start <= b.span.end && b.span.start <= a.span.end;
}
