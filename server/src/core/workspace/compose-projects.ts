// All Compose projects of a workspace, each once, and the way rules look at them.
import { isForTests, type ProductionSign, productionSign } from '../compose/audience.ts';
import { authOf, type ServiceAuth } from '../compose/auth-variables.ts';
import type { Chain } from '../compose/chains.ts';
import { hostsOf, hostsOfService } from '../compose/hosts.ts';
import { takesIn } from '../compose/includers.ts';
import type { ComposeModel } from '../compose/index.ts';
import type { Holders } from '../compose/new-secret.ts';
import type { Project, Service } from '../compose/project.ts';
import type { RuleId, Severity } from '../lint/finding.ts';
import { defineRule, type Report, type Rule } from '../lint/rule.ts';
import type { Settings } from '../lint/settings.ts';
import type { FileId } from '../text/file-id.ts';
import { none } from '../text/nothing.ts';
import { PlaceSet } from '../text/place-set.ts';
import { summariesOf, type WorkspaceView } from './view.ts';

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
  /** Folder of the project. */
  readonly directory: FileId;
  readonly auth: ServiceAuth;
  /** Why it is production, if it is. */
  readonly production: ProductionSign | undefined;
}

const projects = new WeakMap<WorkspaceView, { readonly every: readonly JudgedProject[]; readonly started: readonly JudgedProject[] }>();
const judged = new WeakMap<Project, JudgedProject>();

/** Every project that is started; one whose files another one includes is a part of that. */
export function composeProjects(view: WorkspaceView): readonly JudgedProject[] {
  return projectsOf(view).started;
}

/** Every project that files of the workspace make up, parts of others too; a set of files that several of them name counts once. */
export function everyComposeProject(view: WorkspaceView): readonly JudgedProject[] {
  return projectsOf(view).every;
}

function projectsOf(view: WorkspaceView) {
  const known = projects.get(view);
  if (known) return known;
  const found = new Map<string, JudgedProject>();
  for (const { summary } of summariesOf<ComposeModel>(view, 'compose')) {
    for (const { chain, project } of summary.projects) {
      const key = project.files.join('\n');
      if (!found.has(key)) found.set(key, judge(project, chain.why, view.settings));
    }
  }
  const every = [...found.values()];
  const wholes = every.filter(({ project }) => project.included.size > 0);
  const all = { every, started: every.filter(part => !wholes.some(whole => takesIn(whole.project, part.project))) };
  projects.set(view, all);
  return all;
}

/** The version of each project that was looked at last, by its lineage. */
const latest = new WeakMap<object, Project>();

/** The authentication variables of a project as they are now: what is said of one service may be older than the others. */
export function holdersNow(known: Project, settings: Settings): Holders {
  const project = (known.lineage && latest.get(known.lineage)) ?? known;
  return { project, variables: [...project.services.values()].flatMap(service => authOf(service, settings).variables) };
}

function judge(project: Project, why: Chain['why'], settings: Settings): JudgedProject {
  const known = judged.get(project);
  if (project.lineage) latest.set(project.lineage, project);
  if (known?.settings === settings) return known;
  const services = [...project.services.values()].map(service => judgeService(service, project, settings));
  const forTests = project.files.some(file => isForTests(file, settings) && !settings.isProduction(file));
  const result = { project, why, settings, services, forTests };
  judged.set(project, result);
  return result;
}

const judgedServices = new WeakMap<Service, { readonly files: string; readonly settings: Settings; readonly judged: JudgedService }>();

/** The same object while the service, the settings and the names of the project's files stay the same. */
function judgeService(service: Service, project: Project, settings: Settings): JudgedService {
  const files = project.files.join('\n');
  const known = judgedServices.get(service);
  if (known?.settings === settings && known.files === files) return known.judged;
  const { directory } = project;
  const judged = { service, directory, auth: authOf(service, settings), production: productionSign(project, service, settings) };
  judgedServices.set(service, { files, settings, judged });
  return judged;
}

/** A report with its file, which for rules over several files nobody else can know. */
export type PlacedReport = Report & { readonly file: FileId };

export interface ComposeRule {
  readonly id: RuleId;
  readonly severity: Severity;
  readonly since: string;
  /** Whether it keeps quiet about projects for tests and examples. */
  readonly quietInTests: boolean;
  /**
   * Whether what is said of a service hangs on it and its `Surroundings` alone. `check` is then asked about one service at a time, not
   * again while both are the same, and with a project in which only its surroundings are up to date.
   */
  readonly judges: 'each service' | 'the project';
  /**
   * For a rule over the project that says nothing as long as it hangs on its `Surroundings` and on this text about each service alone: while
   * neither changes, it still has nothing to say, and is not asked.
   */
  regards?(service: JudgedService): string;
  check(project: JudgedProject): Iterable<PlacedReport>;
}

/** What a service may be judged by beside itself; the same object while it all stays the same. */
interface Surroundings {
  /** The last project that had them: an earlier one would keep all its texts. */
  project: JudgedProject;
}

const surroundings = new WeakMap<object, Surroundings>();

/** Those of the same project before, if they are still the same. */
function surroundingsOf(judged: JudgedProject, lineage: object): Surroundings {
  const known = surroundings.get(judged);
  if (known) return known;
  const before = surroundings.get(lineage);
  const now = before && haveSameSurroundings(before.project, judged) ? before : { project: judged };
  now.project = judged;
  surroundings.set(judged, now);
  surroundings.set(lineage, now);
  return now;
}

function haveSameSurroundings(a: JudgedProject, b: JudgedProject): boolean {
  const [one, other] = [a.project, b.project];
  if (one === other) return true;
  const sourceOf = ({ reads, dotenv }: Project) => reads.get(dotenv.id);
  return (
    a.settings === b.settings &&
    a.why === b.why &&
    one.files.join('\n') === other.files.join('\n') &&
    one.complete === other.complete &&
    one.definitions === other.definitions &&
    sourceOf(one) === sourceOf(other) &&
    haveSameHosts(a, b)
  );
}

function haveSameHosts(a: JudgedProject, b: JudgedProject): boolean {
  const hostsAt = ({ services }: JudgedProject, i: number) => hostsOfService((services[i] as JudgedService).service).join(' ');
  if (changedSince(a.services, b.services)?.every(i => hostsAt(a, i) === hostsAt(b, i))) return true;
  return haveSameItems(hostsOf(a.project), hostsOf(b.project));
}

function haveSameItems(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false;
  for (const item of a) if (!b.has(item)) return false;
  return true;
}

/** What was said of each service of a project, in the same order. */
interface Said {
  readonly around: Surroundings;
  readonly services: readonly JudgedService[];
  readonly reports: readonly (readonly PlacedReport[])[];
  /** The same in one list. */
  readonly all: readonly PlacedReport[];
}

/** Indices of the services that are not those from before; undefined where there are more or fewer of them. */
function changedSince(before: readonly JudgedService[], services: readonly JudgedService[]): readonly number[] | undefined {
  if (before.length !== services.length) return undefined;
  const at: number[] = [];
  for (let i = 0; i < services.length; i++) if (services[i] !== before[i]) at.push(i);
  return at;
}

const alone = new WeakMap<JudgedService, { readonly around: JudgedProject; readonly project: JudgedProject }>();

/** A project with one of its services alone, as rules over single services look at it: the same object for all of them. */
function aloneIn(around: JudgedProject, service: JudgedService): JudgedProject {
  let known = alone.get(service);
  if (known?.around !== around) {
    known = { around, project: { ...around, services: [service] } };
    alone.set(service, known);
  }
  return known.project;
}

/** What a rule says of a project; of projects and services that stay the same it is asked once. */
class Verdicts {
  readonly #rule: ComposeRule;
  readonly #ofProjects = new WeakMap<JudgedProject, readonly PlacedReport[]>();
  /** By the lineage of the project. */
  readonly #last = new WeakMap<object, Said>();
  /** The last version of a project about which a rule over all of it had nothing to say; by its lineage. */
  readonly #silent = new WeakMap<object, Pick<Said, 'around' | 'services'>>();

  constructor(rule: ComposeRule) {
    this.#rule = rule;
  }

  of(project: JudgedProject): readonly PlacedReport[] {
    const { lineage } = project.project;
    if (!lineage) return this.#once(project);
    let reports = this.#ofProjects.get(project);
    if (!reports) {
      reports = this.#rule.judges === 'the project' ? this.#ofAll(project, lineage) : this.#ofEach(project, lineage);
      this.#ofProjects.set(project, reports);
    }
    return reports;
  }

  /** Of a project that no later version follows, so that there is nothing to remember for one. */
  #once(project: JudgedProject): readonly PlacedReport[] {
    if (this.#rule.judges === 'the project') return [...this.#rule.check(project)];
    return project.services.flatMap(service => this.#ofService(service, project));
  }

  #ofService(service: JudgedService, around: JudgedProject): readonly PlacedReport[] {
    const reports = [...this.#rule.check(aloneIn(around, service))];
    return reports.length > 0 ? reports : none;
  }

  #ofAll(project: JudgedProject, lineage: object): readonly PlacedReport[] {
    const { regards, check } = this.#rule;
    if (!regards) return [...check(project)];
    const around = surroundingsOf(project, lineage);
    const { services } = project;
    const silent = this.#silent.get(lineage);
    const changed = silent?.around === around ? changedSince(silent.services, services) : undefined;
    const isStill = (i: number) => regards(silent?.services[i] as JudgedService) === regards(services[i] as JudgedService);
    const reports = changed?.every(isStill) ? [] : [...check(project)];
    if (reports.length === 0) this.#silent.set(lineage, { around, services });
    else this.#silent.delete(lineage);
    return reports;
  }

  #ofEach(project: JudgedProject, lineage: object): readonly PlacedReport[] {
    const around = surroundingsOf(project, lineage);
    const last = this.#last.get(lineage);
    const said = this.#said(project.services, around, last?.around === around ? last : undefined);
    this.#last.set(lineage, said);
    return said.all;
  }

  #said(services: readonly JudgedService[], around: Surroundings, before: Said | undefined): Said {
    const check = (service: JudgedService) => this.#ofService(service, around.project);
    const changed = before && changedSince(before.services, services);
    if (before && changed) {
      const news = changed.map(i => ({ i, reports: check(services[i] as JudgedService) }));
      if (news.every(({ i, reports }) => reports.length === 0 && before.reports[i]?.length === 0)) return { ...before, services };
      const reports = before.reports.slice();
      for (const { i, reports: own } of news) reports[i] = own;
      return { around, services, reports, all: reports.flat() };
    }
    const known = new Map(before?.services.map((service, i) => [service, before.reports[i]]));
    const reports = services.map(service => known.get(service) ?? check(service));
    return { around, services, reports, all: reports.flat() };
  }
}

/** A rule over Compose projects. What several projects have in common is reported once. */
export function defineComposeRule(rule: ComposeRule): Rule<WorkspaceView> {
  const verdicts = new Verdicts(rule);
  return defineRule<WorkspaceView>({
    id: rule.id,
    severity: rule.severity,
    since: rule.since,
    *check(view) {
      const seen = new PlaceSet();
      for (const project of composeProjects(view)) {
        if (rule.quietInTests && project.forTests) continue;
        for (const report of verdicts.of(project)) if (seen.add(report)) yield report;
      }
    },
  });
}
