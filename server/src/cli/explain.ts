// `authlint explain`: the page of a rule, or what an error about authentication or authorization means.
import { causesOf, renderExplanations } from '../checks/error-report.ts';
import { Analyzer } from '../core/analyzer.ts';
import { explainError } from '../core/auth-errors/explain-error.ts';
import { ruleFacts } from '../core/facts/rules.ts';
import { LineMap } from '../core/text/line-map.ts';
import { nodeFilesAtOnce } from '../hosts/node-files.ts';
import { loadFiles, loadWanted } from '../hosts/workspace.ts';
import { displayPaths } from './display-path.ts';
import { filesAround } from './files-around.ts';
import { printable } from './printable.ts';
import { readRulePages } from './rule-pages.ts';
import { findSettings } from './settings.ts';
import { exitCodes, type Terminal } from './terminal.ts';

/** `topic` is a rule's id (a name without its family does where only one rule has it), or the text of an error; "-" reads it from standard input. */
export async function explain(topic: string, terminal: Terminal): Promise<number> {
  const wanted = topic.trim();
  const ids = [...ruleFacts.keys()].filter(id => id === wanted || id.endsWith(`/${wanted}`));
  const page = ids.length === 1 ? readRulePages(terminal.dist)[ids[0] as string] : undefined;
  const text = page ?? (await explanationOf(wanted === '-' ? new TextDecoder().decode(await terminal.readInput()) : wanted, terminal));
  if (text === undefined) {
    if (/^[a-z]+\/[a-z-]+$/.test(wanted)) terminal.err(`authlint: there is no rule "${wanted}"; \`authlint rules\` lists all of them\n`);
    terminal.out('No known explanation.\n');
    return exitCodes.findings;
  }
  terminal.out(`${printable(text.trimEnd())}\n`);
  return exitCodes.clean;
}

async function explanationOf(text: string, terminal: Terminal): Promise<string | undefined> {
  const explanations = explainError(text);
  const [first] = explanations;
  if (!first) return undefined;
  const { settings } = await findSettings(true, undefined, terminal);
  const analyzer = new Analyzer(() => Date.now(), settings);
  await loadFiles(
    analyzer,
    nodeFilesAtOnce,
    (await filesAround(terminal)).filter(id => !settings.isExcluded(id)),
  );
  await loadWanted(analyzer, nodeFilesAtOnce);
  const display = displayPaths(terminal.cwd, []);
  return renderExplanations(explanations, causesOf(first, analyzer), ({ file, span }) => {
    const { line, character } = (analyzer.linesOf(file) ?? new LineMap('')).positionAt(span.start);
    return `${display(file)}:${line + 1}:${character + 1}`;
  });
}
