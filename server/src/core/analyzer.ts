// Keeps the analyses of many files true while their texts change. Still pure: shells feed texts in and take findings out.
import { type Analysis, analyzeInSteps, type Layer } from './analysis.ts';
import { suppressionRules } from './authlint-config/rules/index.ts';
import { rulePaths } from './facts/rule-paths.ts';
import type {
  BuildContext,
  Completion,
  FileOnDisk,
  Hint,
  Hover,
  LanguageId,
  Lens,
  Link,
  Name,
  SemanticToken,
  SourceFile,
  Spot,
} from './language.ts';
import { compareFindings, type Finding, type Stage } from './lint/finding.ts';
import type { Rule } from './lint/rule.ts';
import { type Fault, runRules, runRulesInSteps } from './lint/run-rules.ts';
import { defaultSettings, type Settings } from './lint/settings.ts';
import { finish } from './lint/steps.ts';
import { applySuppressions, findSuppressions, type Suppression } from './lint/suppression.ts';
import type { FileId } from './text/file-id.ts';
import { grouped } from './text/group.ts';
import { type LineMap, lineMapOf } from './text/line-map.ts';
import type { Span } from './text/span.ts';
import { workspaceFeatures, workspaceRules } from './workspace/index.ts';
import type { FileSummary, WorkspaceView } from './workspace/view.ts';

/** By the file that is held: the files that hold it. */
type Held = Map<FileId, FileId[]>;

interface Holders {
  /** Those that own its findings. */
  readonly owners: Held;
  /** Those that take it in and leave it its findings. */
  readonly includers: Held;
}

interface Entry {
  readonly file: SourceFile;
  readonly language: LanguageId | undefined;
  /** Of all versions of the file in this analyzer. */
  readonly lineage: object;
  analysis?: Analysis;
  lines?: LineMap;
  suppressions?: readonly Suppression[];
  /** Findings after severities and suppressions, as of `revision` of the analyzer. */
  result?: FileResult;
  revision?: number;
  /** What the result was made of, beside the text. */
  sources?: readonly unknown[];
}

export interface FileResult {
  readonly findings: readonly Finding[];
  readonly language: LanguageId | undefined;
  /**
   * What the real system does when it is given this file: refuses to parse it, refuses to start, or neither. Suppressing changes
   * nothing about it, and a part of a larger file may well be refused by itself although there is nothing to find in it.
   */
  readonly rejected: Stage | null;
}

/** An analysis that is computed in steps; whoever needs it goes on where somebody else stopped. */
interface UnderWay {
  readonly steps: Generator<void, Analysis>;
  /** What it has asked for so far: when one of these changes, it starts again. */
  readonly reads: ReadonlySet<FileId>;
}

/** What rules over several files say. */
interface CrossFile {
  readonly findings: ReadonlyMap<FileId, readonly Finding[]>;
  readonly faults: readonly Fault[];
  readonly recheckAt: number | undefined;
}

const nothingSaid: CrossFile = { findings: new Map(), faults: [], recheckAt: undefined };

/** Files whose values are looked at for proposals. */
const mostNeighbours = 50;

/** A set of files under one configuration. All four doors look at files through one of these. */
export class Analyzer {
  readonly #clock: () => number;
  readonly #crossFileRules: readonly Rule<WorkspaceView>[];
  readonly #hasVersions: boolean;
  /** What others found by rules over several files. */
  #foundElsewhere: readonly Finding[] = [];
  #settings: Settings;
  readonly #entries = new Map<FileId, Entry>();
  readonly #absent = new Set<FileId>();
  readonly #onDisk = new Map<FileId, FileOnDisk>();
  /** Files that are not analyzed, or not since something that they read has changed. */
  readonly #stale = new Set<FileId>();
  /** Files whose analysis wishes for others, holds faults or ends by itself: what is asked of all files is asked of these. */
  readonly #remarkable = new Set<FileId>();
  /** Who has read a file, so that only they are judged again when it changes. A reader may have stopped reading: then it is judged once too often. */
  readonly #readers = new Map<FileId, Set<FileId>>();
  /** Grows with every change; what was computed at an older revision is stale. */
  #revision = 0;
  #crossFile: CrossFile | undefined;
  /** Those rules, while they are asked. */
  #judging: Generator<void, CrossFile> | undefined;
  #workspaceView: WorkspaceView | undefined;
  #holders: Holders | undefined;
  #complete = true;
  /** Answers what an analysis asks for before it goes on. */
  #readNow: ((id: FileId) => string | undefined) | undefined;
  readonly #underWay = new Map<FileId, UnderWay>();

  /**
   * `clock` gives milliseconds since the epoch. `crossFileRules`: the rules over several files that it runs. `hasVersions`: whether texts
   * change; where they do not, nothing is kept for a later version to take over.
   */
  constructor(
    clock: () => number,
    settings: Settings = defaultSettings,
    {
      crossFileRules = workspaceRules,
      hasVersions = true,
    }: { crossFileRules?: readonly Rule<WorkspaceView>[]; hasVersions?: boolean } = {},
  ) {
    this.#clock = clock;
    this.#settings = settings;
    this.#crossFileRules = crossFileRules;
    this.#hasVersions = hasVersions;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Grows with every change of what answers are made of. */
  get revision(): number {
    return this.#revision;
  }

  configure(settings: Settings): void {
    this.#settings = settings;
    for (const id of this.#entries.keys()) this.#forgetAnalysis(id);
    this.#forgetCrossFile();
  }

  /** Adds a file or replaces its text. `language` overrides detection. */
  setFile(file: SourceFile, language?: LanguageId): void {
    const known = this.#entries.get(file.id);
    if (known && known.file.text === file.text && known.language === language) return;
    this.#absent.delete(file.id);
    const lineage = known?.lineage ?? {};
    this.#entries.set(file.id, { file: this.#hasVersions ? { ...file, lineage } : file, language, lineage });
    this.#forgetAnalysis(file.id);
    this.#invalidateReaders(file.id);
  }

  /** Says what the shell knows of a file beside its text; true when that is news. */
  setOnDisk(id: FileId, onDisk: FileOnDisk): boolean {
    const known = this.#onDisk.get(id);
    if (known?.tracking === onDisk.tracking && known.isReadableByOthers === onDisk.isReadableByOthers) return false;
    this.#onDisk.set(id, onDisk);
    this.#forgetAnalysis(id);
    this.#forgetCrossFile();
    return true;
  }

  /** Replaces the text of a file; one that was given as some language stays one. */
  setText(id: FileId, text: string): void {
    this.setFile({ id, text }, this.#entries.get(id)?.language);
  }

  /** A second analyzer that knows the same, to try changes on; what is computed already is not computed again. */
  fork(): Analyzer {
    const copy = new Analyzer(this.#clock, this.#settings, { crossFileRules: this.#crossFileRules, hasVersions: this.#hasVersions });
    copy.#foundElsewhere = this.#foundElsewhere;
    // A lineage belongs to one analyzer: a later version of a file takes over what an earlier one is made of.
    for (const [id, entry] of this.#entries) copy.#entries.set(id, { ...entry, lineage: {} });
    for (const id of this.#stale) copy.#stale.add(id);
    for (const id of this.#remarkable) copy.#remarkable.add(id);
    for (const id of this.#absent) copy.#absent.add(id);
    for (const [id, onDisk] of this.#onDisk) copy.#onDisk.set(id, onDisk);
    for (const [id, readers] of this.#readers) copy.#readers.set(id, new Set(readers));
    copy.#revision = this.#revision;
    copy.#crossFile = this.#crossFile;
    copy.#workspaceView = this.#workspaceView;
    copy.#holders = this.#holders;
    copy.#complete = this.#complete;
    return copy;
  }

  /** Takes a file out; what others read of it becomes absent. */
  removeFile(id: FileId): void {
    this.#entries.delete(id);
    this.#forgetAnalysis(id);
    this.setAbsent(id);
  }

  /** Answers a wish of `wanted()` for a file that does not exist. */
  setAbsent(id: FileId): void {
    this.#absent.add(id);
    this.#invalidateReaders(id);
  }

  /** Goes back to knowing nothing about a file: whoever reads it has it among its wishes again. False when nothing was known. */
  forget(id: FileId): boolean {
    const wasLoaded = this.#entries.delete(id);
    this.#forgetAnalysis(id);
    const wasKnown = this.#absent.delete(id) || wasLoaded;
    if (wasKnown) this.#invalidateReaders(id);
    return wasKnown;
  }

  /**
   * While files are still being loaded, rules over several files would judge a part for the whole: until `true` is said again
   * they stay silent, no suppression is called unused, and asking about one file does not analyze all the others first.
   */
  setComplete(complete: boolean): void {
    if (this.#complete === complete) return;
    this.#complete = complete;
    this.#forgetCrossFile();
  }

  /** Takes in what was found in these files by rules over several files, some of which are not here. */
  setFoundElsewhere(findings: readonly Finding[]): void {
    this.#foundElsewhere = findings;
    this.#forgetCrossFile();
  }

  has(id: FileId): boolean {
    return this.#entries.has(id);
  }

  files(): readonly FileId[] {
    return [...this.#entries.keys()].sort();
  }

  /** Files that are not analyzed yet, or not since something that they read has changed. */
  unanalyzed(): readonly FileId[] {
    return [...this.#stale];
  }

  textOf(id: FileId): string | undefined {
    return this.#entries.get(id)?.file.text;
  }

  linesOf(id: FileId): LineMap | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    entry.lines ??= lineMapOf(entry.file);
    return entry.lines;
  }

  /**
   * Files that analyses asked for and nobody has loaded. The shell answers each with `setFile` or `setAbsent` and asks again. One that never
   * has to wait gives `readNow`, the text of a file if there is one: then no analysis is made without what it asks for, and once more with it.
   */
  wanted(readNow?: (id: FileId) => string | undefined): readonly FileId[] {
    this.#readNow = readNow;
    try {
      const wanted = new Set<FileId>();
      for (const { reads } of this.#remarkableAnalyses()) for (const [read, known] of reads) if (known === 'unknown') wanted.add(read);
      return [...wanted];
    } finally {
      this.#readNow = undefined;
    }
  }

  isAnalyzed(id: FileId): boolean {
    return this.#entries.get(id)?.analysis !== undefined;
  }

  /** Analysis of one file by itself (and the files it reads), computed when asked for the first time. */
  analysis(id: FileId): Analysis | undefined {
    finish(this.analysisSteps(id));
    return this.#entries.get(id)?.analysis;
  }

  /** Computes an analysis in steps. It ends early when what it is made of changes meanwhile; then there is none yet. */
  *analysisSteps(id: FileId): Generator<void> {
    const entry = this.#entries.get(id);
    if (!entry || entry.analysis) return;
    const run = this.#underWay.get(id) ?? this.#begin(id, entry);
    while (this.#underWay.get(id) === run) {
      const { done, value } = run.steps.next();
      if (done) return this.#keepAnalysis(id, entry, value);
      yield;
    }
  }

  #begin(id: FileId, { file, language }: Entry): UnderWay {
    const reads = new Set<FileId>();
    const steps = analyzeInSteps(file, {
      settings: this.#settings,
      now: this.#clock(),
      read: wanted => {
        const answer = this.#read(wanted);
        // Behind the answer: a file that is loaded just now is no change for who asks for it.
        reads.add(wanted);
        return answer;
      },
      onDisk: this.#onDisk.get(id),
      ...(language ? { language } : {}),
    });
    const run = { steps, reads };
    this.#underWay.set(id, run);
    return run;
  }

  #keepAnalysis(id: FileId, entry: Entry, analysis: Analysis): void {
    entry.analysis = analysis;
    this.#underWay.delete(id);
    this.#stale.delete(id);
    const { reads, faults, recheckAt } = analysis;
    if (faults.length > 0 || recheckAt !== undefined || [...reads.values()].includes('unknown')) this.#remarkable.add(id);
    for (const read of reads.keys()) {
      const readers = this.#readers.get(read);
      if (readers) readers.add(id);
      else this.#readers.set(read, new Set([id]));
    }
  }

  /** What the languages of a file say about a place in it, the owner's word first. */
  hovers(id: FileId, offset: number): readonly Hover[] {
    const analysis = this.analysis(id);
    if (!analysis) return [];
    const context = this.#contextOf(analysis);
    const own = analysis.layers.flatMap(({ language, model }) => language.hover?.(model, offset, context) ?? []);
    return [...own, ...this.#together(view => workspaceFeatures.flatMap(feature => feature.hovers?.(view, id, offset) ?? []))];
  }

  /** What may be written at a place of a file, best first. */
  completions(id: FileId, offset: number): readonly Completion[] {
    const analysis = this.analysis(id);
    if (!analysis) return [];
    const context = { ...this.#contextOf(analysis), files: this.files() };
    const own = analysis.layers.flatMap(
      ({ language, model }) =>
        language.complete?.(model, offset, { ...context, neighbours: () => this.#neighbours(id, language.id) }) ?? [],
    );
    // What other files ask for is likelier than what may stand in any file of that language.
    const shared = this.#together(view => workspaceFeatures.flatMap(feature => feature.completions?.(view, id, offset) ?? []));
    const known = new Set(shared.map(({ label }) => label));
    return [...shared, ...own.filter(({ label }) => !known.has(label))];
  }

  /** Models of one language, of files that are analyzed already: nobody who types waits for others. */
  #neighbours(id: FileId, language: LanguageId): readonly unknown[] {
    const shared = (other: FileId) => {
      let length = 0;
      while (length < id.length && id[length] === other[length]) length++;
      return length;
    };
    const others = [...this.#entries].filter(([other, { analysis }]) => other !== id && analysis?.language === language);
    return others
      .map(([other, { analysis }]) => ({
        near: shared(other),
        model: analysis?.layers.find(layer => layer.language.id === language)?.model,
      }))
      .sort((a, b) => b.near - a.near)
      .slice(0, mostNeighbours)
      .map(({ model }) => model);
  }

  /** The names that stand at a place of a file, whichever file gives them their meaning. */
  namesAt(id: FileId, offset: number): readonly Name[] {
    const here = (place: { file: FileId; span: Span }) => place.file === id && place.span.start <= offset && offset <= place.span.end;
    const wholes = this.#wholesOf(id);
    const own = (wholes.length > 0 ? wholes : [id]).flatMap(file => this.#ownNames(file, { file: id, offset }));
    const all = [...own, ...this.#workspaceNames()];
    return all.filter(({ definitions, references }) => definitions.some(here) || references.some(here));
  }

  /** Every name of every file. */
  names(): readonly Name[] {
    return [...this.files().flatMap(id => (this.#isPart(id) ? [] : this.#ownNames(id))), ...this.#workspaceNames()];
  }

  links(id: FileId): readonly Link[] {
    return this.#ask(id, ({ language, model }, context) => language.links?.(model, context));
  }

  /** Tokens of the language that owns a file; undefined where it has none to tell. */
  semanticTokens(id: FileId, within?: Span): readonly SemanticToken[] | undefined {
    const analysis = this.analysis(id);
    const owner = this.owner(id);
    return analysis && owner?.language.semanticTokens?.(owner.model, this.#contextOf(analysis), within);
  }

  /** Hints within a part of a file. */
  hints(id: FileId, span: Span): readonly Hint[] {
    const own = this.#ask(id, ({ language, model }, context) => language.hints?.(model, span, context));
    const shared = this.#together(view => workspaceFeatures.flatMap(feature => feature.hints?.(view, id) ?? []));
    return [...own, ...shared.filter(({ offset }) => span.start <= offset && offset <= span.end)];
  }

  lenses(id: FileId): readonly Lens[] {
    const own = this.#ask(id, ({ language, model }, context) => language.lenses?.(model, context));
    return [...own, ...this.#together(view => workspaceFeatures.flatMap(feature => feature.lenses?.(view, id) ?? []))];
  }

  /** The language that owns a file, with its model of it; undefined where nobody does. */
  owner(id: FileId): Pick<Layer, 'language' | 'model'> | undefined {
    const analysis = this.analysis(id);
    return analysis?.layers.find(layer => layer.language.id === analysis.language);
  }

  /** What the file holds, for programs: as its owner sees it, otherwise the tokens in it. */
  inspect(id: FileId): { readonly language: LanguageId; readonly value: unknown } | undefined {
    const analysis = this.analysis(id);
    const seen = analysis?.layers.find(({ language }) => language.inspect);
    return (
      analysis && seen && { language: seen.language.id, value: seen.language.inspect?.(seen.model, this.#contextOf(analysis)) ?? null }
    );
  }

  /** What takes effect once everything that a file refers to is resolved, for a person; undefined where its language has no such view. */
  effective(id: FileId): string | undefined {
    const analysis = this.analysis(id);
    const owner = this.owner(id);
    return analysis && owner?.language.effective?.(owner.model, this.#contextOf(analysis));
  }

  /** Everything that is to be said about a file, in output order. */
  result(id: FileId): FileResult {
    const entry = this.#entries.get(id);
    const analysis = this.analysis(id);
    const lines = this.linesOf(id);
    if (!entry || !analysis || !lines) return { findings: [], language: undefined, rejected: null };
    const cross = this.#judgeWorkspace().findings.get(id) ?? [];
    if (entry.result && entry.revision === this.#revision) return entry.result;
    entry.revision = this.#revision;
    // Most changes concern a file or two; of all others what was said before is still true.
    const sources = [analysis, this.#settings, this.#complete, cross.length, ...this.#ownersOf(id).map(owner => this.analysis(owner))];
    if (entry.result && cross.length === 0 && areSame(entry.sources, sources)) return entry.result;
    entry.sources = sources;
    const own = this.#rawFindings(id, analysis);
    const all = this.#withSeverities([...own, ...cross].filter(finding => finding.file === id));
    const review = this.#suppress(entry, all, lines);
    const rejected = worstStage(analysis.layers.flatMap(layer => layer.findings));
    entry.result = { findings: unique(review.sort(compareFindings)), language: this.#languageOf(id, analysis), rejected };
    return entry.result;
  }

  /** Rules that broke. Each costs its own findings only. */
  faults(): readonly Fault[] {
    const faults = [...this.#judgeWorkspace().faults];
    for (const analysis of this.#remarkableAnalyses()) faults.push(...analysis.faults);
    return faults;
  }

  /** Earliest time, in milliseconds since the epoch, at which findings change by themselves. */
  recheckAt(): number | undefined {
    const times = [this.#judgeWorkspace().recheckAt];
    for (const analysis of this.#remarkableAnalyses()) times.push(analysis.recheckAt);
    const known = times.filter(time => time !== undefined);
    return known.length > 0 ? Math.min(...known) : undefined;
  }

  /** Forgets what depended on a clock that has moved past `recheckAt()`. */
  recheck(): void {
    const now = this.#clock();
    for (const [id, { analysis }] of this.#entries) {
      if (analysis?.recheckAt !== undefined && analysis.recheckAt <= now) this.#forgetAnalysis(id);
    }
    this.#forgetCrossFile();
  }

  #ask<Answer>(id: FileId, question: (layer: Layer, context: BuildContext) => readonly Answer[] | undefined): readonly Answer[] {
    const analysis = this.analysis(id);
    if (!analysis) return [];
    const context = this.#contextOf(analysis);
    return analysis.layers.flatMap(layer => question(layer, context) ?? []);
  }

  #ownNames(id: FileId, at?: Spot): readonly Name[] {
    return this.#ask(id, ({ language, model }, context) => language.names?.(model, context, at));
  }

  #workspaceNames(): readonly Name[] {
    return this.#together(view => workspaceFeatures.flatMap(feature => feature.names?.(view) ?? []));
  }

  /** Asks all files together; nothing while some are still being loaded. Nobody waits for a long file whose analysis is under way. */
  #together<Answer>(question: (view: WorkspaceView) => readonly Answer[]): readonly Answer[] {
    if (!this.#complete) return [];
    return question(this.#underWay.size > 0 ? this.#viewOf(this.files().filter(id => !this.#underWay.has(id))) : this.#view());
  }

  #contextOf({ file, language }: Analysis): BuildContext {
    const owner = language === 'jwt' ? undefined : language;
    const wholes = this.#wholesOf(file.id);
    const includers = (wholes.length > 0 ? wholes : outermost(file.id, this.#holdersNow().includers)).flatMap(whole => {
      const above = this.owner(whole);
      return above && above.language.id === language ? [above.model] : [];
    });
    const context = { settings: this.#settings, now: this.#clock(), owner, read: (wanted: FileId) => this.#read(wanted) };
    return includers.length > 0 ? { ...context, includers } : context;
  }

  #read(id: FileId): SourceFile | 'absent' | 'unknown' {
    const known = this.#entries.get(id)?.file ?? (this.#absent.has(id) ? 'absent' : 'unknown');
    if (known !== 'unknown' || !this.#readNow) return known;
    const text = this.#readNow(id);
    if (text === undefined) this.setAbsent(id);
    else this.setFile({ id, text });
    return this.#entries.get(id)?.file ?? 'absent';
  }

  #languageOf(id: FileId, analysis: Analysis): LanguageId | undefined {
    const owner = this.#ownersOf(id)[0];
    return owner === undefined ? analysis.language : this.analysis(owner)?.language;
  }

  #isPart(id: FileId): boolean {
    return this.#ownersOf(id).length > 0;
  }

  /** Files of which this one is a part: what they say about it replaces what it would say alone. */
  #ownersOf(id: FileId): readonly FileId[] {
    return this.#holdersNow().owners.get(id) ?? [];
  }

  #holdersNow(): Holders {
    if (this.#holders) return this.#holders;
    const holders: Holders = { owners: new Map(), includers: new Map() };
    const note = (held: Held, part: FileId, holder: FileId) => {
      if (part !== holder) held.set(part, [...(held.get(part) ?? []), holder]);
    };
    for (const [holder, entry] of this.#entries) {
      const analysis = this.#complete && !this.#underWay.has(holder) ? this.analysis(holder) : entry.analysis;
      for (const part of analysis?.parts ?? []) note(holders.owners, part, holder);
      for (const part of analysis?.includes ?? []) note(holders.includers, part, holder);
    }
    if (this.#underWay.size === 0) this.#holders = holders;
    return holders;
  }

  /** Those of the owners that are parts of nothing themselves. */
  #wholesOf(id: FileId): readonly FileId[] {
    return outermost(id, this.#holdersNow().owners);
  }

  #rawFindings(id: FileId, analysis: Analysis): readonly Finding[] {
    const part = this.#isPart(id);
    const own = analysis.layers
      .filter(layer => !part || layer.language.id !== analysis.language || layer.language.id === 'jwt')
      .flatMap(layer => layer.findings);
    const ofOwners = this.#ownersOf(id).flatMap(owner => this.analysis(owner)?.layers.flatMap(layer => layer.findings) ?? []);
    return [...own, ...ofOwners.filter(finding => finding.file === id)];
  }

  #withSeverities(findings: readonly Finding[]): Finding[] {
    const chosen = this.#settings.severities;
    if (chosen.size === 0) return [...findings];
    return findings.flatMap(finding => {
      const severity = chosen.get(finding.rule);
      if (severity === 'off') return [];
      return [severity ? { ...finding, severity } : finding];
    });
  }

  #suppress(entry: Entry, findings: readonly Finding[], lines: LineMap): Finding[] {
    const { file } = entry;
    entry.suppressions ??= findSuppressions(file, lines);
    const { suppressions } = entry;
    const { findings: kept, unused } = applySuppressions(findings, suppressions, lines);
    if (suppressions.length === 0) return [...kept];
    const off = (rule: string) => this.#settings.severities.get(rule) === 'off';
    const review = {
      ruleNames: suppressions.map(({ rule, span }) => ({ name: rule, span })),
      unused: (this.#complete ? unused : []).filter(({ rule }) => rulePaths.has(rule) && !off(rule)),
    };
    const about = runRules(review, suppressionRules, { file: file.id, settings: this.#settings, now: this.#clock() });
    return [...kept, ...this.#withSeverities(about.findings)];
  }

  #judgeWorkspace(): CrossFile {
    finish(this.judgingSteps());
    return this.#crossFile ?? nothingSaid;
  }

  /** Whether it is known what rules over several files say. */
  isJudged(): boolean {
    return this.#crossFile !== undefined;
  }

  /** Asks rules over several files in steps, the first of which analyzes what is not analyzed. It ends early when anything changes meanwhile; then nothing is known yet. */
  *judgingSteps(): Generator<void> {
    if (this.#crossFile) return;
    if (!this.#complete) {
      this.#crossFile = nothingSaid;
      return;
    }
    this.#judging ??= this.#judge();
    const run = this.#judging;
    while (this.#judging === run) {
      const { done, value } = run.next();
      if (done) this.#judging = undefined;
      if (done) this.#crossFile = value;
      else yield;
    }
  }

  *#judge(): Generator<void, CrossFile> {
    const run = yield* runRulesInSteps(this.#view(), this.#crossFileRules, { file: '', settings: this.#settings, now: this.#clock() });
    return {
      findings: grouped([...run.findings, ...this.#foundElsewhere], ({ file }) => file),
      faults: run.faults,
      recheckAt: run.recheckAt,
    };
  }

  /** All files together, for questions that are about none of them. */
  workspace(): WorkspaceView {
    return this.#view();
  }

  /** What rules and features over several files look at; the same object until something changes. */
  #view(): WorkspaceView {
    this.#workspaceView ??= this.#viewOf(this.#entries.keys());
    return this.#workspaceView;
  }

  #viewOf(ids: Iterable<FileId>): WorkspaceView {
    const files = new Map<FileId, FileSummary[]>();
    for (const id of ids) {
      const summaries = (this.analysis(id)?.layers ?? [])
        .filter(layer => layer.summary !== undefined)
        .map(layer => ({ file: id, language: layer.language.id, summary: layer.summary }));
      if (summaries.length > 0) files.set(id, summaries);
    }
    return { settings: this.#settings, files };
  }

  /** Analyses that there is something to ask of beside findings; files that are not analyzed yet are first. */
  *#remarkableAnalyses(): Generator<Analysis> {
    // What an analysis has loaded is looked at too.
    for (const id of this.#stale) this.analysis(id);
    for (const id of this.#remarkable) {
      const analysis = this.analysis(id);
      if (analysis) yield analysis;
    }
  }

  #forgetAnalysis(id: FileId): void {
    this.#underWay.delete(id);
    const entry = this.#entries.get(id);
    delete entry?.analysis;
    this.#remarkable.delete(id);
    if (entry) this.#stale.add(id);
    else this.#stale.delete(id);
  }

  #invalidateReaders(changed: FileId): void {
    for (const [id, { reads }] of this.#underWay) if (reads.has(changed)) this.#underWay.delete(id);
    for (const reader of this.#readers.get(changed) ?? []) this.#forgetAnalysis(reader);
    this.#readers.delete(changed);
    this.#forgetCrossFile();
  }

  #forgetCrossFile(): void {
    this.#crossFile = undefined;
    this.#judging = undefined;
    this.#workspaceView = undefined;
    this.#holders = undefined;
    this.#revision++;
  }
}

function areSame(a: readonly unknown[] | undefined, b: readonly unknown[]): boolean {
  return a !== undefined && a.length === b.length && a.every((item, i) => item === b[i]);
}

function worstStage(findings: readonly Finding[]): Stage | null {
  if (findings.some(finding => finding.stage === 'parse')) return 'parse';
  return findings.some(finding => finding.stage === 'start') ? 'start' : null;
}

/** A file that two configurations include is judged twice; the same words about the same place are said once. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding, i) => i === 0 || compareFindings(findings[i - 1] as Finding, finding) !== 0);
}

/** Of those that hold a file, the ones that nobody holds; all where they hold one another. */
function outermost(id: FileId, held: Held): readonly FileId[] {
  const holders = held.get(id) ?? [];
  const free = holders.filter(holder => !held.has(holder));
  return free.length > 0 ? free : holders;
}
