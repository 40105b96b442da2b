// A token report for a terminal: the answer in a sentence, what the token says, every check, and who would accept it. Never the token, its signature or a key.
import { reportFacts, reportRows, verdict } from '../checks/report-view.ts';
import type { Check, TokenReport, VerifierAnswer } from '../checks/token-report.ts';
import type { JsonObject } from '../core/text/json.ts';
import { printableLine } from './printable.ts';
import type { Style } from './style.ts';

/** `now` in milliseconds since the epoch. */
export function renderTokenText(report: TokenReport, now: number, style: Style): string {
  const { header, claims, checks, verifiers } = report;
  const blocks: string[][] = [];
  const facts = reportFacts(report, now);
  if (facts) blocks.push([style.bold(printableLine(facts.join(', '))), printableLine(verdict(report))]);
  if (header) {
    blocks.push(section('Header', rows(header, style), style));
  }
  if (claims) blocks.push(section('Claims', rows(claims, style), style));
  // Without a token only one thing is to say: that it is none.
  const shown = header ? checks : checks.filter(({ check }) => check === 'structure');
  blocks.push(
    section(
      'Checks',
      shown.map(check => checkRow(check, style)),
      style,
    ),
  );
  if (verifiers.length > 0)
    blocks.push(
      section(
        'Who would accept it',
        verifiers.flatMap(verifier => verifierRows(verifier, style)),
        style,
      ),
    );
  return `${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[], style: Style): string[] {
  return [style.bold(title), ...lines.map(line => `  ${line}`)];
}

function rows(object: JsonObject, style: Style): string[] {
  const shown = reportRows(object);
  const width = Math.min(24, Math.max(0, ...shown.map(({ name }) => printableLine(name).length)));
  return shown.map(({ name, value, time }) => {
    const words = `${printableLine(name).padEnd(width)}  ${printableLine(value)}`;
    return `${words}${time ? style.dim(`  ${time}`) : ''}`;
  });
}

function checkRow({ check, outcome, why }: Check, style: Style): string {
  return `${mark(outcome === 'unknown' ? null : outcome === 'pass', style)} ${check.padEnd(12)} ${printableLine(why)}`.trimEnd();
}

function verifierRows({ name, path, accepts, why }: VerifierAnswer, style: Style): string[] {
  const verdict = accepts === null ? 'cannot be known' : accepts ? 'accepts it' : 'refuses it';
  const where = path === null || name.includes(path) ? '' : style.dim(` (${printableLine(path)})`);
  return [`${mark(accepts, style)} ${printableLine(name)}${where}: ${verdict}`, ...why.map(reason => `    ${printableLine(reason)}`)];
}

function mark(ok: boolean | null, style: Style): string {
  if (ok === null) return style.dim('?');
  return ok ? style.added('✓') : style.removed('✗');
}
