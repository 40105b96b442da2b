// The token report as Markdown for a person: what the token says, every check, every verifier. Without the token, its signature or a key.
import { renderDecoded } from '../core/jwt/hover.ts';
import { tokenKind } from '../core/jwt/kind.ts';
import { member } from '../core/text/json.ts';
import { prose } from '../core/text/prose.ts';
import { verdict } from './report-view.ts';
import type { Check, TokenReport, VerifierAnswer } from './token-report.ts';

const marks: Readonly<Record<Check['outcome'], string>> = { pass: '✓ pass', fail: '✗ fail', unknown: '? unknown' };

/** How a check is called before people. */
export const checkTitles: Readonly<Record<Check['check'], string>> = {
  structure: 'Structure',
  header: 'Header',
  algorithm: 'Algorithm',
  key: 'Key',
  signature: 'Signature',
  expiry: 'Expiry',
  'not-before': 'Not before',
  'issued-at': 'Issued at',
  issuer: 'Issuer',
  audience: 'Audience',
  subject: 'Subject',
  permissions: 'Permissions',
  claims: 'Claims',
};

/** `now` in milliseconds since the epoch. */
export function renderReport(report: TokenReport, now: number): string {
  const { header, claims, checks, verifiers } = report;
  const blocks: string[] = ['## Token report', prose(verdict(report))];
  const form = typeof member(header ?? undefined, 'enc') === 'string' ? 'jwe' : 'jws';
  if (header)
    blocks.push(renderDecoded({ form, kind: tokenKind(form, header, claims ?? undefined), claims: claims ?? undefined, header }, now));
  const rows = checks.map(({ check, outcome, why }) => `| ${checkTitles[check]} | ${marks[outcome]} | ${prose(why)} |`);
  blocks.push(['### Checks', '', '| Check | Result | Why |', '|---|---|---|', ...rows].join('\n'));
  if (verifiers.length > 0) blocks.push(['### Who would accept it', '', ...verifiers.map(renderVerifier)].join('\n'));
  return `${blocks.join('\n\n')}\n`;
}

function renderVerifier({ name, path, accepts, why }: VerifierAnswer): string {
  const verdict = accepts === null ? '? unknown' : accepts ? '✓ accepts it' : '✗ refuses it';
  const reasons = why.map(reason => `  - ${prose(reason)}`);
  return [`- **${prose(name)}**${path === null ? '' : ` (${prose(path)})`}: ${verdict}`, ...reasons].join('\n');
}
