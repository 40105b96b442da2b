// `authlint check`: judge files, print what was found, or fix it.
import { Analyzer } from '../core/analyzer.ts';
import { ruleFacts } from '../core/facts/rules.ts';
import type { LanguageId, SourceFile } from '../core/language.ts';
import type { Finding } from '../core/lint/finding.ts';
import type { Settings } from '../core/lint/settings.ts';
import type { FileId } from '../core/text/file-id.ts';
import { type FileSource, largestUnopenedFile } from '../hosts/file-source.ts';
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
import { buildReport, type Report } from './report.ts';
import { findSettings } from './settings.ts';
import { colourStyle, plainStyle, type Style } from './style.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';
import { fewestFiles, findWorthReading } from './worth-reading.ts';
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
  const started = performance.now();
  const options = readCheckOptions(words);
  const { settings, file: configFile, mistakes } = await findSettings(options.config, options.natsServer, terminal);
  const { filesFrom, stdinName } = options;
  const inputs = await findInputs({ paths, filesFrom, stdinName, largest: largestSearched }, settings, terminal);
  if (inputs.fromStdin && options.fix && !options.diff) throw new UsageError('standard input cannot be fixed in place; use --diff');
  const display = displayPaths(terminal.cwd, inputs.given);
  const style = terminal.colours ? colourStyle : plainStyle;
  const say = (line: string) => terminal.err(`authlint: ${printableLine(line)}\n`);

  const source = nodeFilesAtOnce;
  const { analyzer, walked } = await fillAnalyzer(inputs, withRules(settings, options), options, source, terminal);
  const shown = [...inputs.named.map(file => file.id), ...walked];
  const named = new Set(inputs.named.map(file => file.id));
  const wants = (finding: Finding) => options.rules === undefined || options.rules.has(finding.rule);
  const reportNow = (faults: FixResult['faults'] = []) =>
    buildReport({ analyzer, shown, named, display, wants, faults, withEdits: options.format === 'json' || options.format === 'sarif' });

  const problems = [...inputs.problems];
  // With --diff the files stay as they are, so what was found in them decides.
  let result = options.diff ? reportNow() : undefined;
  let fixed = 0;
  if (options.fix) {
    const fixes = await fixAll({ analyzer, source, shown, wants, level: options.fix });
    fixed = fixes.applied;
    if (options.diff) terminal.out(diffOf(fixes, analyzer, display, style));
    else problems.push(...(await writeFixes(fixes, analyzer, display)));
    result ??= reportNow(fixes.faults);
  }
  const { report, located } = result ?? reportNow();
  const input = { report, located, analyzer, style, terminal, fails: options.fails, fixed, seconds: (performance.now() - started) / 1000 };
  if (options.diff) {
    if (terminal.interactive) say(fixed === 0 ? 'nothing to fix' : `${fixed} ${fixed === 1 ? 'fix' : 'fixes'}; secrets show as ***`);
  } else {
    terminal.out(await renderers[options.format](input));
    if (options.format !== 'text' && terminal.interactive) say(summary({ ...input, style: plainStyle }));
  }
  if (configFile && mistakes > 0 && !shown.includes(configFile)) {
    say(`${display(configFile)}: ${mistakes} ${mistakes === 1 ? 'mistake' : 'mistakes'} in the configuration; check that file to see`);
  }
  for (const problem of problems) say(problem);
  sayFaults(report, say);
  if (problems.length > 0 || report.faults.length > 0) return exitCodes.trouble;
  return located.some(({ finding }) => options.fails(finding.severity)) ? exitCodes.findings : exitCodes.clean;
}

/** `walked` are the files of the folders that could be read. Those that hold nothing of ours are not loaded where threads look first. */
async function fillAnalyzer(
  inputs: Inputs,
  settings: Settings,
  options: CheckOptions,
  source: FileSource,
  terminal: Terminal,
): Promise<{ readonly analyzer: Analyzer; readonly walked: readonly FileId[] }> {
  const analyzer = new Analyzer(() => options.now, settings);
  for (const file of inputs.named) analyzer.setFile(file, options.language ?? languageOfLarge(file));
  await Promise.all(inputs.named.filter(({ id }) => id !== inputs.fromStdin).map(({ id }) => lookOnDisk(analyzer, source, id)));
  const pays = options.threads > 1 && inputs.walked.length >= fewestFiles;
  const found = pays ? await findWorthReading(inputs.walked, options.threads, terminal.dist) : undefined;
  await loadFiles(analyzer, source, found?.holding ?? inputs.walked);
  await loadWanted(analyzer, source);
  return { analyzer, walked: found?.readable ?? inputs.walked.filter(id => analyzer.has(id)) };
}

/** Rules asked for by name run even where the configuration switches them off, and with the severity given beside the name. */
function withRules(settings: Settings, { rules }: CheckOptions): Settings {
  if (!rules) return settings;
  const chosen = new Map(settings.severities);
  for (const [rule, severity] of rules) {
    if (severity) chosen.set(rule, severity);
    else if (chosen.get(rule) === 'off') chosen.delete(rule);
  }
  return { ...settings, severities: chosen };
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
