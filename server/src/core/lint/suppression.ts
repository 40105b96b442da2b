// `# authlint: allow <rule> -- reason` comments, in whatever comment syntax the file has.
import { Absence, type Version } from '../text/absence.ts';
import type { LineMap } from '../text/line-map.ts';
import type { Span } from '../text/span.ts';
import type { Finding, RuleId } from './finding.ts';

export interface Suppression {
  readonly rule: RuleId;
  /** The rule's name inside of the comment. */
  readonly span: Span;
  readonly wholeFile: boolean;
  /** 0-based lines on which findings are allowed; the comment's own line and, where it stands alone, the next. */
  readonly lines: readonly number[];
}

const directive = /(#|\/\/|<!--|--|;|\/\*)[ \t]*authlint:[ \t]*allow(-file)?[ \t]+([^\r\n]*)/g;

const keyword = 'authlint:';
const absentKeyword = new Absence(text => text.includes(keyword), keyword.length);

/** Finds every suppression. A text without the word `authlint:` costs one search. */
export function findSuppressions(file: Version, lines: LineMap): readonly Suppression[] {
  if (absentKeyword.isIn(file)) return [];
  const { text } = file;
  const found: Suppression[] = [];
  for (const match of text.matchAll(directive)) {
    const line = lines.lineAt(match.index);
    const alone = text.slice(lines.lineStart(line), match.index).trim() === '';
    const listStart = match.index + match[0].length - (match[3] as string).length;
    const list = (match[3] as string).split(/(?:^|[ \t])--(?:[ \t>]|$)|\*\/|-->/, 1)[0] as string;
    for (const name of list.matchAll(/[^\s,]+/g)) {
      const start = listStart + name.index;
      found.push({
        rule: name[0],
        span: { start, end: start + name[0].length },
        wholeFile: match[2] !== undefined,
        lines: alone ? [line, line + 1] : [line],
      });
    }
  }
  return found;
}

export interface SuppressionResult {
  readonly findings: readonly Finding[];
  /** Suppressions that allowed nothing. */
  readonly unused: readonly Suppression[];
}

/** Takes out what is allowed. A finding is allowed where it starts. */
export function applySuppressions(findings: readonly Finding[], suppressions: readonly Suppression[], lines: LineMap): SuppressionResult {
  if (suppressions.length === 0) return { findings, unused: [] };
  const used = new Set<Suppression>();
  const kept = findings.filter(finding => {
    const line = lines.lineAt(finding.span.start);
    const allowing = suppressions.filter(s => s.rule === finding.rule && (s.wholeFile || s.lines.includes(line)));
    for (const suppression of allowing) used.add(suppression);
    return allowing.length === 0;
  });
  return { findings: kept, unused: suppressions.filter(suppression => !used.has(suppression)) };
}
