// Annotations in GitHub Actions: workflow commands on standard output.
import { resolve } from 'node:path';
import type { Severity } from '../../core/lint/finding.ts';
import { toFileId } from '../../hosts/node-files.ts';
import { displayPaths } from '../display-path.ts';
import type { Render } from './format.ts';

const levels: Record<Severity, string> = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' };

export const renderGithub: Render = ({ report, terminal }) => {
  // GitHub resolves paths against the checkout, wherever in it the command runs.
  const checkout = terminal.env.GITHUB_WORKSPACE;
  const path = checkout ? (p: string) => displayPaths(checkout, [])(toFileId(resolve(terminal.cwd, p))) : (p: string) => p;
  const lines = report.findings.map(({ severity, path: file, range, rule, message }) => {
    const { start, end } = range;
    // Columns are only shown for annotations on one line.
    const columns = start.line === end.line ? { col: start.character + 1, endColumn: Math.max(end.character, start.character) + 1 } : {};
    return command(levels[severity], { file: path(file), line: start.line + 1, endLine: end.line + 1, ...columns, title: rule }, message);
  });
  const faults = report.faults.map(({ rule, path: file }) =>
    command('error', { file: path(file), title: rule }, 'This rule broke on this file. Please report it.'),
  );
  return [...lines, ...faults].map(line => `${line}\n`).join('');
};

function command(level: string, properties: Record<string, string | number>, message: string): string {
  const list = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeData(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
  );
  return `::${level} ${list.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
