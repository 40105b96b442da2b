// `authlint inspect`: what Authlint sees in one file.
import { resolve } from 'node:path';
import { Analyzer } from '../core/analyzer.ts';
import type { FileId } from '../core/text/file-id.ts';
import { LineMap, type Range } from '../core/text/line-map.ts';
import type { Span } from '../core/text/span.ts';
import { nodeFilesAtOnce, readText, toFileId } from '../hosts/node-files.ts';
import { loadWanted } from '../hosts/workspace.ts';
import { choice, choosableLanguages, readNow, readServerVersion } from './check-options.ts';
import { printable } from './printable.ts';
import { findSecrets, masked } from './redact.ts';
import { findSettings } from './settings.ts';
import { colourStyle, plainStyle, type Style } from './style.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';

export interface InspectWords {
  readonly json?: boolean;
  readonly language?: string;
  readonly now?: string;
  readonly natsServer?: string;
  readonly config?: string | boolean;
}

export async function inspect(file: string, words: InspectWords, terminal: Terminal): Promise<number> {
  const language = words.language === undefined ? undefined : choice('--language', words.language, choosableLanguages);
  const now = readNow(words.now);
  const { settings } = await findSettings(words.config ?? true, readServerVersion(words.natsServer), terminal);
  const path = resolve(terminal.cwd, file);
  const content = readText(path);
  if (typeof content === 'string') throw new UsageError(`${file}: cannot be read as a text file`);
  const id = toFileId(path);
  const analyzer = new Analyzer(() => now, settings);
  analyzer.setFile({ id, text: content.text }, language);
  await loadWanted(analyzer, nodeFilesAtOnce);
  const analysis = analyzer.analysis(id);
  const faults = analysis?.faults ?? [];
  for (const { rule } of faults) terminal.err(`authlint: internal fault: ${rule} broke on ${printable(file)}; please report it\n`);
  const seen = analyzer.inspect(id);
  const tokens = seen?.language === 'jwt' ? tokensOf(seen.value, new LineMap(content.text)) : undefined;
  // Programs get the values as the server would hold them; people, and with them terminals and logs, get them without secrets.
  if (words.json) terminal.out(`${JSON.stringify(tokens ? { language: 'jwt', tokens } : (seen ?? null), null, 2)}\n`);
  else
    terminal.out(
      printable(tokens ? tokenLines(tokens, styleOf(terminal)) : (effective(id, analyzer, terminal) ?? maskedJson(seen?.value))),
    );
  return faults.length > 0 ? exitCodes.trouble : exitCodes.clean;
}

function styleOf(terminal: Terminal): Style {
  return terminal.colours ? colourStyle : plainStyle;
}

function effective(id: FileId, analyzer: Analyzer, terminal: Terminal): string | undefined {
  const { dim } = styleOf(terminal);
  return analyzer.effective(id)?.replace(/(^|[ \t])#[ \t].*$/gm, comment => dim(comment));
}

function maskedJson(value: unknown): string {
  const text = JSON.stringify(value ?? null, null, 2);
  return `${masked(text, findSecrets(text))}\n`;
}

interface SeenToken {
  readonly range: Range;
  readonly kind: string;
  readonly alg: string | null;
  readonly claims: readonly string[];
}

/** Offsets become ranges: outside of the core nobody counts offsets. */
function tokensOf(value: unknown, lines: LineMap): readonly SeenToken[] {
  const { tokens } = value as { tokens: readonly (Omit<SeenToken, 'range'> & { span: Span })[] };
  return tokens.map(({ span, kind, alg, claims }) => ({ range: lines.rangeOf(span), kind, alg, claims }));
}

function tokenLines(tokens: readonly SeenToken[], { bold, dim }: Style): string {
  if (tokens.length === 0) return 'No token is in this text.\n';
  const rows = tokens.map(({ range, kind, alg, claims }) => ({
    place: `${range.start.line + 1}:${range.start.character + 1}`,
    what: `${kind}, ${alg ?? 'no algorithm'}`,
    claims: claims.length === 0 ? 'no claims that can be read' : `claims ${claims.join(', ')}`,
  }));
  const width = (column: 'place' | 'what') => Math.max(...rows.map(row => row[column].length));
  const [place, what] = [width('place'), width('what')];
  return rows.map(row => `${dim(row.place.padEnd(place))}  ${bold(row.what.padEnd(what))}  ${row.claims}\n`).join('');
}
