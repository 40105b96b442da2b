// What the words of the command line mean for the report, in whatever thread a part of it is made.
import type { Finding, RuleId } from '../core/lint/finding.ts';
import { codeFrame } from './code-frame.ts';
import { displayPaths, type GivenPath } from './display-path.ts';
import type { FormatName } from './formats/format.ts';
import type { ReportRequest } from './report.ts';
import { colourStyle, plainStyle } from './style.ts';

export interface ReportWords {
  readonly format: FormatName;
  readonly colours: boolean;
  readonly cwd: string;
  readonly given: readonly GivenPath[];
  /** Only these rules; undefined: all rules. */
  readonly rules: ReadonlyMap<RuleId, unknown> | undefined;
}

export function reportOptions({
  format,
  colours,
  cwd,
  given,
  rules,
}: ReportWords): Pick<ReportRequest, 'display' | 'wants' | 'withEdits' | 'frame'> {
  const style = colours ? colourStyle : plainStyle;
  return {
    display: displayPaths(cwd, given),
    wants: ({ rule }: Finding) => rules === undefined || rules.has(rule),
    withEdits: format === 'json' || format === 'sarif',
    frame: format === 'text' ? (place, severity) => codeFrame(place, style, style.severity[severity]) : undefined,
  };
}
