// SARIF 2.1.0, for code scanning services and editors that read it.
import { isAbsolute, resolve } from 'node:path';
import type { ArtifactLocation, Location, Log, Region, ReportingDescriptor, Result } from 'sarif';
import { pageUrl, productHomepage, productVersion } from '../../core/facts/product.ts';
import { type RuleFact, ruleFacts } from '../../core/facts/rules.ts';
import type { Severity } from '../../core/lint/finding.ts';
import type { Range } from '../../core/text/line-map.ts';
import { toFileId } from '../../hosts/node-files.ts';
import type { ReportedFinding, ReportedFix } from '../report.ts';
import { readRulePages } from '../rule-pages.ts';
import type { Render } from './format.ts';

const levels: Record<Severity, 'error' | 'warning' | 'note'> = { error: 'error', warning: 'warning', information: 'note', hint: 'note' };

/** Name of the folder that relative addresses start from; where it lies is for the reader of the log to say. */
const sourceRoot = '%SRCROOT%';

export const renderSarif: Render = ({ report, terminal }) => {
  const artifact: ToArtifact = path => toArtifact(path, terminal.cwd);
  const pages = readRulePages(terminal.dist);
  const used = new Set(report.findings.map(finding => finding.rule));
  const rules = [...ruleFacts.values()].map(fact => toDescriptor(fact, used.has(fact.id) ? pages[fact.id] : undefined));
  const indexes = new Map(rules.map((rule, index) => [rule.id, index]));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Authlint', version: productVersion, semanticVersion: productVersion, informationUri: productHomepage, rules },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [sourceRoot]: { description: { text: 'The folder that was checked.' } } },
        invocations: [
          {
            executionSuccessful: report.faults.length === 0,
            toolExecutionNotifications: report.faults.map(({ rule, path, message }) => ({
              level: 'error',
              message: { text: `${rule} broke: ${message}` },
              locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
            })),
          },
        ],
        artifacts: report.files.map(({ path }) => ({ location: artifact(path) })),
        results: report.findings.map(finding => toResult(finding, indexes, artifact)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

/** Code scanning wants a full description and help of every rule, whether it found something or not. */
function toDescriptor(fact: RuleFact, page: string | undefined): ReportingDescriptor {
  return {
    id: fact.id,
    shortDescription: { text: fact.summary },
    fullDescription: { text: fact.summary },
    helpUri: pageUrl(fact.page),
    help: { text: fact.summary, ...(page ? { markdown: page } : {}) },
    defaultConfiguration: { level: levels[fact.severity] },
    properties: { tags: ['security', fact.id.slice(0, fact.id.indexOf('/'))] },
  };
}

function toResult(finding: ReportedFinding, indexes: ReadonlyMap<string, number>, artifact: ToArtifact): Result {
  const fixes = finding.fixes.filter(fix => fix.edits.length > 0).map(fix => toFix(fix, artifact));
  return {
    ruleId: finding.rule,
    ruleIndex: indexes.get(finding.rule) ?? -1,
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [toLocation(finding, artifact)],
    ...(finding.related.length > 0
      ? {
          relatedLocations: finding.related.map((related, id) => ({
            id,
            ...toLocation(related, artifact),
            message: { text: related.message },
          })),
        }
      : {}),
    ...(fixes.length > 0 ? { fixes } : {}),
    properties: { severity: finding.severity, ...(finding.stage ? { stage: finding.stage } : {}) },
  };
}

function toFix({ title, edits }: ReportedFix, artifact: ToArtifact): NonNullable<Result['fixes']>[number] {
  const paths = [...new Set(edits.map(edit => edit.path))];
  return {
    description: { text: title },
    artifactChanges: paths.map(path => ({
      artifactLocation: artifact(path),
      replacements: edits
        .filter(edit => edit.path === path)
        .map(({ range, newText }) => ({ deletedRegion: toRegion(range), insertedContent: { text: newText } })),
    })),
  };
}

function toLocation({ path, range }: { readonly path: string; readonly range: Range }, artifact: ToArtifact): Location {
  return { physicalLocation: { artifactLocation: artifact(path), region: toRegion(range) } };
}

/** 1-based lines and columns; the end column is behind the last character, as in our own ranges. */
function toRegion({ start, end }: Range): Region {
  return { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

type ToArtifact = (path: string) => ArtifactLocation;

/** An address relative to the checked folder may not climb out of it. */
function toArtifact(path: string, cwd: string): ArtifactLocation {
  if (isAbsolute(path) || path.startsWith('../')) return { uri: encode(toFileId(resolve(cwd, path))) };
  return { uri: encode(path).replaceAll(':', '%3A'), uriBaseId: sourceRoot };
}

function encode(path: string): string {
  return encodeURI(path).replaceAll('#', '%23').replaceAll('?', '%3F');
}
