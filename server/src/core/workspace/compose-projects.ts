// All Compose projects of a workspace, each once, and the way rules look at them.
import { isForTests, type ProductionSign, productionSign } from '../compose/audience.ts';
import { authOf, type ServiceAuth } from '../compose/auth-variables.ts';
import type { Chain } from '../compose/chains.ts';
import type { ComposeModel } from '../compose/index.ts';
import type { Project, Service } from '../compose/project.ts';
import type { RuleId, Severity } from '../lint/finding.ts';
import { defineRule, type Report, type Rule, type RuleContext } from '../lint/rule.ts';
import type { Settings } from '../lint/settings.ts';
import type { FileId } from '../text/file-id.ts';
import { summariesOf, type WorkspaceView } from './index.ts';

/** A project with what rules ask of it. */
export interface JudgedProject {
  readonly project: Project;
  readonly why: Chain['why'];
  readonly settings: Settings;
  /** Whether it is for tests, or an example: then secrets and bypasses are what they should be. */
  readonly forTests: boolean;
  readonly services: readonly JudgedService[];
}

export interface JudgedService {
  readonly service: Service;
  readonly auth: ServiceAuth;
  /** Why it is production, if it is. */
  readonly production: ProductionSign | undefined;
}

const projects = new WeakMap<WorkspaceView, readonly JudgedProject[]>();
const judged = new WeakMap<Project, JudgedProject>();

/** Every project that files of the workspace make up; a set of files that several of them name counts once. */
export function composeProjects(view: WorkspaceView): readonly JudgedProject[] {
  const known = projects.get(view);
  if (known) return known;
  const found = new Map<string, JudgedProject>();
  for (const { summary } of summariesOf<ComposeModel>(view, 'compose')) {
    for (const { chain, project } of summary.projects) {
      const key = project.files.join('\n');
      if (!found.has(key)) found.set(key, judge(project, chain.why, view.settings));
    }
  }
  const all = [...found.values()];
  projects.set(view, all);
  return all;
}

function judge(project: Project, why: Chain['why'], settings: Settings): JudgedProject {
  const known = judged.get(project);
  if (known?.settings === settings) return known;
  const services = [...project.services.values()].map(service => ({
    service,
    auth: authOf(service, settings),
    production: productionSign(project, service, settings),
  }));
  const forTests = project.files.some(file => isForTests(file, settings) && !settings.isProduction(file));
  const result = { project, why, settings, services, forTests };
  judged.set(project, result);
  return result;
}

/** A report with its file, which for rules over several files nobody else can know. */
export type PlacedReport = Report & { readonly file: FileId };

export interface ComposeRule {
  readonly id: RuleId;
  readonly severity: Severity;
  readonly since: string;
  /** Whether it keeps quiet about projects for tests and examples. */
  readonly quietInTests: boolean;
  check(project: JudgedProject, context: RuleContext): Iterable<PlacedReport>;
}

/** A rule over Compose projects. What several projects have in common is reported once. */
export function defineComposeRule(rule: ComposeRule): Rule<WorkspaceView> {
  return defineRule<WorkspaceView>({
    id: rule.id,
    severity: rule.severity,
    since: rule.since,
    *check(view, context) {
      const seen = new Set<string>();
      for (const project of composeProjects(view)) {
        if (rule.quietInTests && project.forTests) continue;
        for (const report of rule.check(project, context)) {
          const key = `${report.file} ${report.span.start} ${report.span.end}`;
          if (seen.has(key)) continue;
          seen.add(key);
          yield report;
        }
      }
    },
  });
}
