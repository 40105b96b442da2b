// `authlint format`: lay out NATS configurations, as editors do it, without changing what the server reads.
import { Analyzer } from '../core/analyzer.ts';
import { detectLanguage } from '../core/detect.ts';
import type { SourceFile } from '../core/language.ts';
import type { FileId } from '../core/text/file-id.ts';
import { nodeFilesAtOnce, toPath } from '../hosts/node-files.ts';
import { loadWanted } from '../hosts/workspace.ts';
import { readServerVersion } from './check-options.ts';
import { displayPaths } from './display-path.ts';
import { findInputs, type Inputs } from './inputs.ts';
import { maskedDiff } from './masked-diff.ts';
import { printableLine } from './printable.ts';
import { findSettings } from './settings.ts';
import { colourStyle, plainStyle } from './style.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';
import { replaceFile } from './write-file.ts';

/** As commander gives them. */
export interface FormatWords {
  readonly check?: boolean;
  readonly diff?: boolean;
  readonly indent?: string;
  readonly natsServer?: string;
  readonly config?: string | boolean;
  readonly filesFrom?: string;
  readonly stdinName?: string;
}

/** Deepest indentation of one level that anybody means. */
const mostSpaces = 16;

/** Runs the command and returns the exit code. */
export async function format(paths: readonly string[], words: FormatWords, terminal: Terminal): Promise<number> {
  const indent = readIndent(words.indent);
  const { settings } = await findSettings(words.config ?? true, readServerVersion(words.natsServer), terminal);
  const inputs = await findInputs({ paths, filesFrom: words.filesFrom, stdinName: words.stdinName ?? 'stdin.conf' }, settings, terminal);
  const display = displayPaths(terminal.cwd, inputs.given);
  const style = terminal.colours ? colourStyle : plainStyle;
  const analyzer = new Analyzer(Date.now, settings);
  const problems = [...inputs.problems, ...inputs.noText.map(path => `${path}: is not text in UTF-8`)];
  const files = await natsFilesOf(inputs, analyzer, id =>
    problems.push(`${display(id)}: is no NATS configuration, and others have no layout here`),
  );

  const quiet = words.check || words.diff;
  let changed = 0;
  for (const { id, text } of files) {
    const owner = analyzer.owner(id);
    const laidOut = owner?.language.format?.(owner.model, indent);
    const isPiped = id === inputs.fromStdin && !quiet;
    if (laidOut === undefined) {
      problems.push(`${display(id)}: has a mistake in its syntax, so it stays as it is; authlint check says where`);
      continue;
    }
    if (isPiped) terminal.out(laidOut);
    if (laidOut === text) continue;
    const problem = quiet || isPiped ? undefined : await replaceFile(toPath(id) ?? '', laidOut, text);
    if (problem !== undefined) {
      problems.push(`${display(id)}: ${problem}`);
      continue;
    }
    changed++;
    if (words.diff) terminal.out(maskedDiff(display(id), text, laidOut, style));
    else if (!isPiped) terminal.out(`${words.check ? 'would change' : 'changed'} ${style.path(printableLine(display(id)))}\n`);
  }
  for (const problem of problems) terminal.err(`authlint: ${printableLine(problem)}\n`);
  if (terminal.interactive && inputs.fromStdin === undefined) terminal.err(`authlint: ${summary(changed, files.length, Boolean(quiet))}\n`);
  if (problems.length > 0) return exitCodes.trouble;
  return quiet && changed > 0 ? exitCodes.findings : exitCodes.clean;
}

/**
 * What of the given files is NATS configuration, in the order of their names: by name or content, or because another one includes it.
 * A file that somebody names is there for a reason, so `refuse` hears of each that is none; in a folder, others are passed over.
 */
async function natsFilesOf(inputs: Inputs, analyzer: Analyzer, refuse: (id: FileId) => void): Promise<readonly SourceFile[]> {
  const walked = await Promise.all(
    inputs.walked.map(async id => {
      const text = await nodeFilesAtOnce.read(id);
      return text === undefined ? [] : [{ id, text }];
    }),
  );
  const files = [...inputs.named, ...walked.flat()];
  for (const file of files) {
    if (file.id === inputs.fromStdin || detectLanguage(file) === 'nats-conf') analyzer.setFile(file, 'nats-conf');
  }
  await loadWanted(analyzer, nodeFilesAtOnce);
  const parts = new Set(analyzer.files().flatMap(id => analyzer.analysis(id)?.parts ?? []));
  for (const file of files) if (parts.has(file.id)) analyzer.setFile(file, 'nats-conf');
  const own = files.filter(({ id }) => analyzer.owner(id)?.language.id === 'nats-conf');
  for (const { id } of inputs.named) if (!own.some(file => file.id === id)) refuse(id);
  return own.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function readIndent(word: string | undefined): string {
  if (word === 'tab') return '\t';
  const spaces = Number(word ?? 2);
  if (Number.isInteger(spaces) && spaces >= 1 && spaces <= mostSpaces && word !== '') return ' '.repeat(spaces);
  throw new UsageError(`--indent takes a number of spaces from 1 to ${mostSpaces}, or tab, not "${word}"`);
}

function summary(changed: number, all: number, wouldOnly: boolean): string {
  const files = (count: number) => `${count} ${count === 1 ? 'file' : 'files'}`;
  return `${files(changed)} ${wouldOnly ? 'would change' : 'changed'}, ${files(all - changed)} as ${all - changed === 1 ? 'it is' : 'they are'}`;
}
