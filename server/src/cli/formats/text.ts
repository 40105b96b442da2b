// For people: place, severity, rule, what is wrong, and the line itself.
import type { Severity } from '../../core/lint/finding.ts';
import { severities } from '../../core/lint/finding.ts';
import { enumerated } from '../../core/text/prose.ts';
import { printable, printableLine } from '../printable.ts';
import type { Located } from '../report.ts';
import type { Style } from '../style.ts';
import type { Render, RenderInput } from './format.ts';

export const renderText: Render = input => `${input.located.map(located => renderFinding(located, input)).join('')}${summary(input)}\n`;

function renderFinding({ reported, frame }: Located, { style }: RenderInput): string {
  const paint = style.severity[reported.severity];
  const { line, character } = reported.range.start;
  const place = `${style.path(printableLine(reported.path))}:${line + 1}:${character + 1}`;
  const parts = [
    `${place} ${paint(reported.severity)} ${style.bold(reported.rule)}`,
    ...printable(reported.message).split('\n').map(indented),
  ];
  if (frame) parts.push(frame.split('\n').map(indented).join('\n'));
  for (const related of reported.related) {
    const { start } = related.range;
    parts.push(
      indented(style.dim(`${printableLine(related.path)}:${start.line + 1}:${start.character + 1} ${printableLine(related.message)}`)),
    );
  }
  for (const fix of reported.fixes)
    parts.push(indented(`${style.dim(fix.safety === 'safe' ? 'fix:' : 'unsafe fix:')} ${printableLine(fix.title)}`));
  return `${parts.join('\n')}\n\n`;
}

const indented = (line: string) => `  ${line}`;

/** `3 errors and 1 warning in 2 of 14 files, 0.2 s; 2 can be fixed with --fix`. */
export function summary({ report, located, style, fixed, seconds }: Omit<RenderInput, 'terminal' | 'fails'>): string {
  const counts = severities
    .map(severity => [severity, located.filter(({ reported }) => reported.severity === severity).length] as const)
    .filter(([, count]) => count > 0);
  const touched = new Set(report.findings.map(finding => finding.path)).size;
  const found = counts.length > 0 ? enumerated(counts.map(([severity, count]) => counted(severity, count, style))) : 'No findings';
  const where = counts.length > 0 ? `in ${touched} of ${plural(report.files.length, 'file')}` : `in ${plural(report.files.length, 'file')}`;
  const safe = located.filter(({ reported }) => reported.fixes.some(fix => fix.safety === 'safe')).length;
  const unsafe = located.filter(({ reported }) => reported.fixes.length > 0).length - safe;
  const hints = [
    ...(fixed > 0 ? [`${fixed} fixed`] : []),
    ...(safe > 0 ? [`${safe} can be fixed with --fix`] : []),
    ...(unsafe > 0 ? [`${safe > 0 ? `${unsafe} more` : unsafe} with --fix=unsafe`] : []),
  ];
  const faults = report.faults.length > 0 ? `; ${plural(report.faults.length, 'internal fault')}` : '';
  return `${found} ${where}, ${seconds.toFixed(1)} s${faults}${hints.length > 0 ? `; ${hints.join(', ')}` : ''}`;
}

function counted(severity: Severity, count: number, style: Style): string {
  const words = severity === 'information' ? `${count} information` : plural(count, severity);
  return style.severity[severity](words);
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
