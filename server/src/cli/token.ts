// `authlint token`: decode and check one token, with a key that the person names and for everybody whom the files here configure.
import { resolve } from 'node:path';
import { checkToken, type Verifier } from '../checks/token-report.ts';
import { findTokens } from '../core/jwt/find.ts';
import { readText } from '../hosts/node-files.ts';
import { readNow } from './check-options.ts';
import { findSettings } from './settings.ts';
import { colourStyle, plainStyle } from './style.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';
import { renderTokenText } from './token-text.ts';
import { readVerifier } from './verify-option.ts';
import { verifiersAround } from './workspace-verifiers.ts';

export interface TokenWords {
  readonly json?: boolean;
  readonly now?: string;
  readonly verify?: string;
  readonly leeway?: string;
  readonly config?: string | boolean;
}

/** `given` is a token, a file that holds one, or `-` for standard input. Exits with 1 when a check fails or the named key refuses. */
export async function token(given: string, words: TokenWords, terminal: Terminal): Promise<number> {
  const now = readNow(words.now);
  const leeway = readLeeway(words.leeway);
  const text = await readGiven(given, terminal);
  const { settings } = await findSettings(words.config ?? true, undefined, terminal);
  const asked = words.verify === undefined ? [] : [await readVerifier(words.verify, settings, now, terminal)];
  const isAsked = (one: Verifier) => asked.some(other => JSON.stringify({ ...one, asked: true }) === JSON.stringify(other));
  const verifiers = [...asked, ...(await verifiersAround(text, settings, now, terminal)).filter(one => !isAsked(one))];
  const report = await checkToken(text, { now, verifiers, ...(leeway === undefined ? {} : { leeway }) });
  const style = terminal.colours ? colourStyle : plainStyle;
  terminal.out(words.json ? `${JSON.stringify(report, null, 2)}\n` : renderTokenText(report, now, style));
  if (text === given && !text.includes('.')) terminal.err('authlint: there is no file of this name either\n');
  const more = findTokens(text).length - 1;
  if (more > 0) terminal.err(`authlint: the text holds ${more} more ${more === 1 ? 'token' : 'tokens'}; this is the first\n`);
  const refused = (asked.length > 0 && report.verifiers[0]?.accepts === false) || report.checks.some(({ outcome }) => outcome === 'fail');
  return refused ? exitCodes.findings : exitCodes.clean;
}

async function readGiven(given: string, terminal: Terminal): Promise<string> {
  if (given === '-') return Buffer.from(await terminal.readInput()).toString('utf8');
  // A token is longer than a file's name may be, or is no file: so what can be read as a file is one.
  const content = readText(resolve(terminal.cwd, given));
  if (typeof content !== 'string') return content.text;
  if (content === 'folder') throw new UsageError('token takes a token, a file or "-", not a folder');
  return given;
}

function readLeeway(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text)) throw new UsageError('--leeway takes a number of seconds');
  return Number(text);
}
