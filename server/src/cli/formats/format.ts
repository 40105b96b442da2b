// What a renderer gets. Each of the other files here is one renderer.
import type { Severity } from '../../core/lint/finding.ts';
import type { Located, Report } from '../report.ts';
import type { Style } from '../style.ts';
import type { Terminal } from '../terminal.ts';

export const formatNames = ['text', 'json', 'sarif', 'github', 'junit'] as const;
export type FormatName = (typeof formatNames)[number];

export interface RenderInput {
  readonly report: Report;
  readonly located: readonly Located[];
  readonly style: Style;
  readonly terminal: Terminal;
  /** Severities that make the command exit with 1. */
  readonly fails: (severity: Severity) => boolean;
  /** What fixing did, for people. */
  readonly fixed: number;
  readonly seconds: number;
}

/** The whole output, ending with a newline where it is not empty. */
export type Render = (input: RenderInput) => string | Promise<string>;
