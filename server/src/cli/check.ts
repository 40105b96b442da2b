// `authlint check`: judge files, print what was found, or fix it.
import { Analyzer } from '../core/analyzer.ts';
import { ruleFacts } from '../core/facts/rules.ts';
import type { LanguageId, SourceFile } from '../core/language.ts';
import type { Settings } from '../core/lint/settings.ts';
import type { FileId } from '../core/text/file-id.ts';
import { largestUnopenedFile } from '../hosts/file-source.ts';
import { type FixResult, fixAll } from '../hosts/fix-all.ts';
import { nodeFilesAtOnce, toPath } from '../hosts/node-files.ts';
import { loadFiles, loadWanted, lookOnDisk } from '../hosts/workspace.ts';
import { type CheckOptions, type CheckWords, readCheckOptions } from './check-options.ts';
import { type DisplayPath, displayPaths } from './display-path.ts';
import type { FormatName, Render } from './formats/format.ts';
import { renderGithub } from './formats/github.ts';
import { renderJson } from './formats/json.ts';
import { renderJunit } from './formats/junit.ts';
import { renderSarif } from './formats/sarif.ts';
import { renderText, summary } from './formats/text.ts';
import { findInputs, type Inputs } from './inputs.ts';
import { maskedDiff } from './masked-diff.ts';
import { printableLine } from './printable.ts';
import { buildPart, joinParts, type Report, type ReportPart } from './report.ts';
import { type ReportWords, reportOptions } from './report-options.ts';
import { findSettings } from './settings.ts';
import { fewestFiles, judgeInThreads } from './shares.ts';
import { colourStyle, plainStyle, type Style } from './style.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';
import { replaceFile } from './write-file.ts';

const renderers: Record<FormatName, Render> = {
  text: renderText,
  json: renderJson,
  sarif: renderSarif,
  github: renderGithub,
  junit: renderJunit,
};

/** Bytes above which a file that somebody names is left out: a text can hardly be longer in V8. */
const largestSearched = 500 * 1024 * 1024;

/** No configuration is as long as a log may be. A file that a walk would leave out is looked through for what any text may hold. */
function languageOfLarge({ text }: SourceFile): LanguageId | undefined {
  return text.length > largestUnopenedFile ? 'jwt' : undefined;
}

/** Runs the command and returns the exit code. */
export async function check(paths: readonly string[], words: CheckWords, terminal: Terminal): Promise<number> {
  const started = process.hrtime.bigint();
  const options = readCheckOptions(words);
  const {
    settings,
    source: settingsSource,
    file: configFile,
    mistakes,
  } = await findSettings(options.config, options.natsServer, terminal, options.rules);
  const { filesFrom, stdinName, format, rules, now, threads } = options;
  const inputs = await findInputs({ paths, filesFrom, stdinName, largest: largestSearched }, settings, terminal);
  if (inputs.fromStdin && options.fix && !options.diff) throw new UsageError('standard input cannot be fixed in place; use --diff');
  const display = displayPaths(terminal.cwd, inputs.given);
  const style = terminal.colours ? colourStyle : plainStyle;
  const say = (line: string) => terminal.err(`authlint: ${printableLine(line)}\n`);
  const report = { format, colours: terminal.colours, cwd: terminal.cwd, given: inputs.given, rules };
  const { parts, fixed, problems, diff } = paysInThreads(inputs, options)
    ? { ...nothingDone, parts: await judgeInThreads(inputs.walked, threads, terminal.dist, { ...report, settings: settingsSource, now }) }
    : await judgeHere(inputs, settings, options, report, style);
  const joined = joinParts(parts);
  for (const use of [format, ...joined.report.files.map(({ language }) => language ?? 'other')]) terminal.uses?.(use);
  const input = { ...joined, style, terminal, fails: options.fails, fixed, seconds: Number(process.hrtime.bigint() - started) / 1e9 };
  if (options.diff) {
    terminal.out(diff);
    if (terminal.interactive) say(fixed === 0 ? 'nothing to fix' : `${fixed} ${fixed === 1 ? 'fix' : 'fixes'}; secrets show as ***`);
  } else {
    terminal.out(await renderers[format](input));
    if (format !== 'text' && terminal.interactive) say(summary({ ...input, style: plainStyle }));
  }
  const isShown = (file: FileId) => inputs.walked.includes(file) || inputs.named.some(({ id }) => id === file);
  if (configFile && mistakes > 0 && !isShown(configFile)) {
    say(`${display(configFile)}: ${mistakes} ${mistakes === 1 ? 'mistake' : 'mistakes'} in the configuration; check that file to see`);
  }
  // No mistake, since a pattern may catch pictures; but nobody shall take a configuration in UTF-16 for one that was checked.
  if (inputs.noText.length > 0) say(`not checked, since not text in UTF-8: ${inputs.noText.join(', ')}`);
  const allProblems = [...inputs.problems, ...problems];
  for (const problem of allProblems) say(problem);
  sayFaults(joined.report, say);
  if (allProblems.length > 0 || joined.report.faults.length > 0) return exitCodes.trouble;
  return joined.located.some(({ reported }) => options.fails(reported.severity)) ? exitCodes.findings : exitCodes.clean;
}

/** What came of looking at the files, and of fixing them where somebody asked for it. */
interface Outcome {
  readonly parts: readonly ReportPart[];
  readonly fixed: number;
  /** Files that could not be written. */
  readonly problems: readonly string[];
  readonly diff: string;
}

const nothingDone: Omit<Outcome, 'parts'> = { fixed: 0, problems: [], diff: '' };

/** Fixes are for all files together; and a file that somebody names may be another than on disk, or of another language. */
function paysInThreads({ named, walked }: Inputs, { fix, threads, threadsAsked }: CheckOptions): boolean {
  return threads > 1 && !fix && named.length === 0 && (threadsAsked || walked.length >= fewestFiles);
}

async function judgeHere(inputs: Inputs, settings: Settings, options: CheckOptions, words: ReportWords, style: Style): Promise<Outcome> {
  const source = nodeFilesAtOnce;
  const analyzer = new Analyzer(() => options.now, settings, { hasVersions: options.fix !== undefined });
  for (const file of inputs.named) analyzer.setFile(file, options.language ?? languageOfLarge(file));
  await Promise.all(inputs.named.filter(({ id }) => id !== inputs.fromStdin).map(({ id }) => lookOnDisk(analyzer, source, id)));
  await loadFiles(analyzer, source, inputs.walked);
  await loadWanted(analyzer, source);
  const shown = [...inputs.named.map(file => file.id), ...inputs.walked.filter(id => analyzer.has(id))];
  const named = new Set(inputs.named.map(file => file.id));
  const report = reportOptions(words);
  const reportNow = (faults: FixResult['faults'] = []) => [buildPart({ ...report, analyzer, shown, named, faults })];
  if (!options.fix) return { ...nothingDone, parts: reportNow() };
  // With --diff the files stay as they are, so what was found in them decides.
  const before = options.diff ? reportNow() : undefined;
  const fixes = await fixAll({ analyzer, source, shown, wants: report.wants, level: options.fix });
  const fixed = fixes.applied;
  if (before) return { ...nothingDone, parts: before, fixed, diff: diffOf(fixes, analyzer, report.display, style) };
  const problems = await writeFixes(fixes, analyzer, report.display);
  return { ...nothingDone, parts: reportNow(fixes.faults), fixed, problems };
}

function diffOf(fixes: FixResult, analyzer: Analyzer, display: DisplayPath, style: Style): string {
  const files = [...fixes.before].map(([id, before]) => ({ path: display(id), before, after: analyzer.textOf(id) ?? '' }));
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return files.map(({ path, before, after }) => maskedDiff(path, before, after, style)).join('');
}

/** Writes what changed; returns a line for each file that could not be written, which is then judged as it is on disk. */
async function writeFixes(fixes: FixResult, analyzer: Analyzer, display: DisplayPath): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [id, before] of fixes.before) {
    const path = toPath(id);
    const problem = path === undefined ? 'is no file on disk' : await replaceFile(path, analyzer.textOf(id) ?? '', before);
    if (problem === undefined) continue;
    problems.push(`${display(id)}: ${problem}`);
    if (before === undefined) analyzer.removeFile(id);
    else analyzer.setText(id, before);
  }
  return problems;
}

function sayFaults(report: Report, say: (line: string) => void): void {
  for (const { rule, path, message } of report.faults) {
    const known = ruleFacts.has(rule) ? `the rule ${rule}` : rule;
    say(`internal fault: ${known} broke on ${path} (${message}); please report it`);
  }
}
