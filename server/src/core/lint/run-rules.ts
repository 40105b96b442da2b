// Runs rules over a model. A rule that throws loses only its own findings and is reported by its id.
import type { FileId } from '../text/file-id.ts';
import { fixedSpan } from '../text/moving-span.ts';
import { none } from '../text/nothing.ts';
import type { Finding, Fix, RuleId } from './finding.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import type { Settings } from './settings.ts';
import { finish } from './steps.ts';

/** A rule that broke on a file; the message holds nothing of the file's text. */
export interface Fault {
  readonly rule: RuleId;
  readonly file: FileId;
  readonly message: string;
}

export interface RunResult {
  readonly findings: readonly Finding[];
  readonly faults: readonly Fault[];
  /** Earliest time, in milliseconds since the epoch, at which the findings change by themselves; undefined when they do not. */
  readonly recheckAt: number | undefined;
}

export interface RunContext {
  readonly file: FileId;
  readonly settings: Settings;
  readonly now: number;
}

export function runRules<Model>(model: Model, rules: readonly Rule<Model>[], run: RunContext): RunResult {
  return finish(runRulesInSteps(model, rules, run));
}

/** The same, one rule at a step, or several for one that takes long. */
export function* runRulesInSteps<Model>(model: Model, rules: readonly Rule<Model>[], run: RunContext): Generator<void, RunResult> {
  const findings: Finding[] = [];
  const faults: Fault[] = [];
  let recheckAt: number | undefined;
  const context: RuleContext = {
    ...run,
    recheckAt(time) {
      if (time > run.now && (recheckAt === undefined || time < recheckAt)) recheckAt = time;
    },
  };
  for (const rule of rules) {
    const own: Finding[] = [];
    try {
      if (rule.prepare) yield* rule.prepare(model);
      for (const report of rule.check(model, context)) own.push(toFinding(rule, report, run.file));
    } catch (error) {
      faults.push({ rule: rule.id, file: run.file, message: describeFault(error) });
      continue;
    }
    for (const finding of own) findings.push(finding);
    yield;
  }
  return { findings, faults, recheckAt };
}

function toFinding<Model>(rule: Rule<Model>, report: Report, file: FileId): Finding {
  const stage = report.stage === null ? undefined : (report.stage ?? rule.stage);
  // Written out one by one: a large file has thousands of findings, and all of them are made anew with every edit.
  const finding: { -readonly [Key in keyof Finding]: Finding[Key] } = {
    rule: rule.id,
    severity: report.severity ?? rule.severity,
    file: report.file ?? file,
    // A finding says where something was when it was found.
    span: fixedSpan(report.span),
    message: report.message,
    related: report.related
      ? report.related.map(({ file: relatedFile, span, message }) => ({ file: relatedFile, span: fixedSpan(span), message }))
      : none,
    fixes: toFixes(report.fix),
  };
  if (stage) finding.stage = stage;
  if (rule.tag) finding.tag = rule.tag;
  if (report.prepared) finding.prepared = report.prepared;
  return finding;
}

function toFixes(fix: Report['fix']): readonly Fix[] {
  if (!fix) return none;
  return 'edits' in fix ? [fix] : fix;
}

/** Kind of error and the place in our own code; the text of an error could quote the file, and with it a secret. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return 'something was thrown that is no error';
  const place = /\(?([^()\s]+:\d+:\d+)\)?/.exec(error.stack?.split('\n')[1] ?? '')?.[1];
  return `${error.name}${place ? ` at ${place.slice(place.lastIndexOf('/') + 1)}` : ''}`;
}
