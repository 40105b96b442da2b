// A token report for a terminal: what the token says, every check, and who would accept it. Never the token, its signature or a key.
import type { Check, TokenReport, VerifierAnswer } from '../checks/token-report.ts';
import { validity } from '../core/jwt/hover.ts';
import { tokenKind } from '../core/jwt/kind.ts';
import { redact } from '../core/jwt/redact.ts';
import { utcTime } from '../core/jwt/times.ts';
import { type JsonObject, type JsonValue, member } from '../core/text/json.ts';
import { printableLine } from './printable.ts';
import type { Style } from './style.ts';

/** `now` in milliseconds since the epoch. */
export function renderTokenText({ header, claims, checks, verifiers }: TokenReport, now: number, style: Style): string {
  const blocks: string[][] = [];
  if (header) {
    const form = typeof member(header, 'enc') === 'string' ? 'jwe' : 'jws';
    const { words } = tokenKind(form, header, claims ?? undefined);
    const facts = [words, String(member(header, 'alg') ?? 'no algorithm'), ...validity({ claims: claims ?? undefined }, now)];
    blocks.push([style.bold(printableLine(facts.join(', ')))]);
    blocks.push(section('Header', rows(header, style), style));
  }
  if (claims) blocks.push(section('Claims', rows(claims, style), style));
  blocks.push(
    section(
      'Checks',
      checks.map(check => checkRow(check, style)),
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
  const names = Object.keys(object).map(name => printableLine(name));
  const width = Math.min(24, Math.max(0, ...names.map(name => name.length)));
  return Object.entries(object).map(([name, value]) => {
    const shown = printableLine(toText(redact(name, value)));
    const time = typeof value === 'number' && /^(exp|nbf|iat|auth_time|updated_at)$/.test(name) ? utcTime(value) : undefined;
    return `${printableLine(name).padEnd(width)}  ${shown}${time ? style.dim(`  ${time}`) : ''}`;
  });
}

function toText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
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
