// Edits of single variables, in whatever form they are written.
import type { Edit } from '../text/edit.ts';
import type { Place } from '../text/place.ts';
import { sourceOf } from './auth-variables.ts';
import { type Project, textIn } from './project.ts';
import type { EnvironmentEntry } from './service.ts';

/** Puts another value where the value is written: in the entry, in the default it falls back to, or in the `.env` it comes from. */
export function replaceValue(entry: EnvironmentEntry, value: string): Edit {
  const { place, how } = sourceOf(entry);
  return { file: place.file, span: place.span, newText: how === 'literal' ? quotedLike(entry, value) : value };
}

/** Puts another value into the entry itself, wherever its present one comes from. */
export function rewriteValue(entry: EnvironmentEntry, value: string): Edit {
  // Quotes go around the whole of an entry of a list.
  if (entry.form === 'list' && needsQuotes(entry, value))
    return { file: entry.file, span: entry.span, newText: `"${entry.name}=${value}"` };
  return { file: entry.file, span: entry.valueSpan, newText: quotedLike(entry, value) };
}

/** In brackets, braces and commas would end the value. */
function needsQuotes({ flow, quoted }: EnvironmentEntry, value: string): boolean {
  return flow && !quoted && /[{}[\],]/.test(value);
}

/** A map keeps its quotes, and gets some where YAML would read the value as something else than text. */
function quotedLike(entry: EnvironmentEntry, value: string): string {
  if (entry.form === 'env-file') return entry.quoted ? `"${value}"` : value;
  if (entry.form === 'list') return value;
  return entry.quoted || needsQuotes(entry, value) || /^(?:true|false|yes|no|on|off|null|~|[-+]?[\d.].*)$/i.test(value) || value === ''
    ? `"${value}"`
    : value;
}

/** Takes an entry out, with its line. `text` is the text of its file. */
export function removeEntry(entry: Place, text: string): Edit {
  const lineStart = text.lastIndexOf('\n', entry.span.start - 1) + 1;
  const lineFeed = text.indexOf('\n', entry.span.end);
  const end = lineFeed < 0 ? text.length : lineFeed + 1;
  const before = text.slice(lineStart, entry.span.start);
  const after = text.slice(entry.span.end, end);
  if (/^\s*(?:-\s+)?$/.test(before) && /^\s*(?:#.*)?$/.test(after))
    return { file: entry.file, span: { start: lineStart, end }, newText: '' };
  // Inside of brackets, the comma goes with it.
  const comma = /^\s*,\s*/.exec(text.slice(entry.span.end))?.[0].length ?? 0;
  const commaBefore = comma === 0 ? (/,\s*$/.exec(text.slice(0, entry.span.start))?.[0].length ?? 0) : 0;
  return { file: entry.file, span: { start: entry.span.start - commaBefore, end: entry.span.end + comma }, newText: '' };
}

/** Takes the value from a variable that Compose insists on. `name` is the variable's. */
export function requireVariable(entry: EnvironmentEntry, name: string): Edit {
  return rewriteValue(entry, `\${${name}:?set ${name} in .env}`);
}

/** Adds `NAME=value` at the end of the project's `.env`, unless the project has that variable already. */
export function addToDotenv(project: Project, name: string, value: string): readonly Edit[] {
  if (project.definitions.has(name)) return [];
  const text = textIn(project, project.dotenv.id);
  const newLine = text === '' || text.endsWith('\n') ? '' : '\n';
  const written = /^[\w./+=:@-]*$/.test(value) ? value : `'${value.replaceAll("'", "\\'")}'`;
  const end = { start: text.length, end: text.length };
  return [{ file: project.dotenv.id, span: end, newText: `${newLine}${name}=${written}\n` }];
}

/** Gives a variable another name where it is written; undefined where the name does not stand there as it is read: quoted or escaped, it is longer. */
export function renameEntry({ file, nameSpan, name }: EnvironmentEntry, newName: string): Edit | undefined {
  return nameSpan.end - nameSpan.start === name.length ? { file, span: nameSpan, newText: newName } : undefined;
}
