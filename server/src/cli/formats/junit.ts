// For the test reports of CI systems: a suite for each file, a case for each finding. A case fails where the command would.
import { grouped } from '../../core/text/group.ts';
import type { ReportedFault, ReportedFinding } from '../report.ts';
import type { Render, RenderInput } from './format.ts';

export const renderJunit: Render = input => {
  const { report, seconds } = input;
  const paths = new Set([...report.files, ...report.findings, ...report.faults].map(({ path }) => path));
  const findings = grouped(report.findings, ({ path }) => path);
  const faults = grouped(report.faults, ({ path }) => path);
  const suites = [...paths]
    .sort((a, b) => (a < b ? -1 : 1))
    .map(path => suite(path, findings.get(path) ?? [], faults.get(path) ?? [], input));
  const total = (name: 'tests' | 'failures' | 'errors') => suites.reduce((sum, one) => sum + one[name], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="authlint" tests="${total('tests')}" failures="${total('failures')}" errors="${total('errors')}" time="${seconds.toFixed(3)}">`,
    ...suites.map(one => one.xml),
    '</testsuites>\n',
  ].join('\n');
};

function suite(path: string, findings: readonly ReportedFinding[], faults: readonly ReportedFault[], { fails }: RenderInput) {
  const cases = [...findings.map(finding => findingCase(finding, fails(finding.severity))), ...faults.map(faultCase)];
  if (cases.length === 0) cases.push(`    <testcase name="no findings" classname="${escapeXml(path)}"/>`);
  const failures = findings.filter(finding => fails(finding.severity)).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="${faults.length}"`;
  const xml = [`  <testsuite name="${escapeXml(path)}" ${counts}>`, ...cases, '  </testsuite>'].join('\n');
  return { xml, tests: cases.length, failures, errors: faults.length };
}

function findingCase({ rule, severity, path, range, message, page }: ReportedFinding, failed: boolean): string {
  const line = range.start.line + 1;
  const where = `${path}:${line}:${range.start.character + 1}`;
  const text = escapeXml(`${where} ${severity}: ${message}${page ? `\n${page}` : ''}`);
  const body = failed
    ? `<failure type="${escapeXml(severity)}" message="${escapeXml(message)}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return `    <testcase name="${escapeXml(`${rule} at ${line}:${range.start.character + 1}`)}" classname="${escapeXml(path)}" file="${escapeXml(path)}" line="${line}">\n      ${body}\n    </testcase>`;
}

function faultCase({ rule, path, message }: ReportedFault): string {
  return `    <testcase name="${escapeXml(rule)}" classname="${escapeXml(path)}">\n      <error type="internal" message="${escapeXml(message)}"/>\n    </testcase>`;
}

/** What XML 1.0 forbids even when escaped: control characters, halves of pairs and non-characters. */
const forbidden = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]|\p{Cs}/gu;

function escapeXml(text: string): string {
  return text
    .replace(forbidden, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;');
}
