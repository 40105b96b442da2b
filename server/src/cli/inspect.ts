// `authlint inspect`: what Authlint sees in one file.
import { resolve } from 'node:path';
import { embeddedLanguages, type Layer } from '../core/analysis.ts';
import { Analyzer } from '../core/analyzer.ts';
import type { BuildContext } from '../core/language.ts';
import { LineMap, type Range } from '../core/text/line-map.ts';
import type { Span } from '../core/text/span.ts';
import { nodeFiles, readText, toFileId } from '../hosts/node-files.ts';
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
  const content = await readText(path);
  if (typeof content === 'string') throw new UsageError(`${file}: cannot be read as a text file`);
  const id = toFileId(path);
  const analyzer = new Analyzer(() => now, settings);
  analyzer.setFile({ id, text: content.text }, language);
  await loadWanted(analyzer, nodeFiles);
  const analysis = analyzer.analysis(id);
  const faults = analysis?.faults ?? [];
  for (const { rule } of faults) terminal.err(`authlint: internal fault: ${rule} broke on ${printable(file)}; please report it\n`);
  const read: BuildContext['read'] = wanted => {
    const text = analyzer.textOf(wanted);
    return text === undefined ? 'absent' : { id: wanted, text };
  };
  const context = { settings, now, read, owner: analysis?.language };
  const lines = new LineMap(content.text);
  // Programs get the values as the server would hold them; people, and with them terminals and logs, get them without secrets.
  if (words.json) terminal.out(`${JSON.stringify(describe(analysis?.layers ?? [], context, lines), null, 2)}\n`);
  else terminal.out(printable(textFor(analysis?.layers ?? [], context, lines, terminal)));
  return faults.length > 0 ? exitCodes.trouble : exitCodes.clean;
}

/** The owner's view where it has one, otherwise the tokens in the text. */
function describe(layers: readonly Layer[], context: BuildContext, lines: LineMap): unknown {
  const owner = ownerOf(layers, 'inspect');
  if (owner) return { language: owner.language.id, value: owner.language.inspect?.(owner.model, context) ?? null };
  return { language: 'jwt', ...tokensIn(layers, context, lines) };
}

/** The same for a person, without secrets. */
function textFor(layers: readonly Layer[], context: BuildContext, lines: LineMap, terminal: Terminal): string {
  const style = terminal.colours ? colourStyle : plainStyle;
  const owner = ownerOf(layers, 'effective') ?? ownerOf(layers, 'inspect');
  if (!owner) return tokenLines(tokensIn(layers, context, lines).tokens, style);
  if (owner.language.effective) {
    const text = owner.language.effective(owner.model, context);
    return text.replace(/(^|[ \t])#[ \t].*$/gm, comment => style.dim(comment));
  }
  const text = JSON.stringify(owner.language.inspect?.(owner.model, context) ?? null, null, 2);
  return `${masked(text, findSecrets(text))}\n`;
}

function ownerOf(layers: readonly Layer[], view: 'effective' | 'inspect'): Layer | undefined {
  return layers.find(({ language }) => !embeddedLanguages.includes(language) && language[view]);
}

interface SeenToken {
  readonly range: Range;
  readonly kind: string;
  readonly alg: string | null;
  readonly claims: readonly string[];
}

function tokensIn(layers: readonly Layer[], context: BuildContext, lines: LineMap): { readonly tokens: readonly SeenToken[] } {
  const layer = layers.find(({ language }) => embeddedLanguages.includes(language) && language.inspect);
  return { tokens: [], ...(withRanges(layer?.language.inspect?.(layer.model, context) ?? {}, lines) as object) };
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

/** Offsets become ranges: outside of the core nobody counts offsets. */
function withRanges(value: unknown, lines: LineMap): unknown {
  if (Array.isArray(value)) return value.map(item => withRanges(item, lines));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => (key === 'span' ? ['range', lines.rangeOf(item as Span)] : [key, withRanges(item, lines)])),
  );
}
