// Moves a variable out of the base file into the override that Compose adds on a developer's machine, and nowhere else.

import type { SourceFile } from '../language.ts';
import type { Fix } from '../lint/finding.ts';
import type { Edit } from '../text/edit.ts';
import { type FileId, joinPath, nameOf } from '../text/file-id.ts';
import { covers } from '../text/span.ts';
import { removeEntry } from './edit-entry.ts';
import { isBaseName, overrideNames } from './file-names.ts';
import { parseComposeFile } from './model.ts';
import type { Project, Service } from './project.ts';
import type { EnvironmentEntry } from './service.ts';
import { fieldOf, type Mapping, type Node } from './yaml-tree.ts';

/** Undefined where the variable does not stand in a base file by itself, and where the override is laid out in a way that we cannot add to. */
export function moveToOverride(entry: EnvironmentEntry, service: Service, project: Project): Fix | undefined {
  const { file, form, through, span, valueSpan } = entry;
  if (!isBaseName(nameOf(file)) || form === 'env-file' || through.length > 0 || entry.value === undefined) return undefined;
  const source = project.reads.get(file);
  if (source === undefined || typeof source === 'string') return undefined;
  const { text } = source;
  const written = form === 'map' ? text.slice(valueSpan.start, valueSpan.end) : text.slice(span.start, span.end);
  const line = form === 'map' ? `${entry.name}: ${written}` : `- ${written}`;
  const target = overrideOf(file, project);
  const addition = target && additionTo(target, { line, form, service: service.name }, project);
  if (!addition) return undefined;
  return {
    title: `Move ${entry.name} to ${nameOf(target)}`,
    safety: 'unsafe',
    edits: () => [removalOf(entry, service.name, source), addition],
  };
}

/** The override that is there, else the one that goes with the name of the base; undefined while that is not known. */
function overrideOf(base: FileId, { directory, reads }: Project): FileId | undefined {
  const known = overrideNames.map(name => joinPath(directory, name));
  if (known.some(id => (reads.get(id) ?? 'unknown') === 'unknown')) return undefined;
  const usual = joinPath(directory, nameOf(base).replace(/(?=\.ya?ml$)/, '.override'));
  return known.find(id => reads.get(id) !== 'absent') ?? known.find(id => id === usual);
}

interface Moved {
  /** As it stands below `environment:`. */
  readonly line: string;
  readonly form: 'map' | 'list';
  readonly service: string;
}

function additionTo(target: FileId, moved: Moved, { reads }: Project): Edit | undefined {
  const source = reads.get(target);
  const at = (start: number, newText: string): Edit => ({ file: target, span: { start, end: start }, newText });
  if (source === undefined || typeof source === 'string') return at(0, `services:\n${serviceText(moved, '  ', '  ')}`);
  const [document, ...others] = parseComposeFile(source).documents;
  const services = fieldOf(document?.root, 'services')?.value;
  if (others.length > 0 || services?.kind !== 'mapping' || services.merges.length > 0) return undefined;
  const own = fieldOf(fieldOf(services, moved.service)?.value, 'environment')?.value;
  const line = (offset: number) => source.text.slice(source.text.lastIndexOf('\n', offset - 1) + 1, offset);
  if (own) {
    const form = own.kind === 'mapping' ? 'map' : 'list';
    const first =
      own.kind === 'mapping' ? own.entries[0]?.keySpan.start : own.kind === 'sequence' ? own.items[0]?.value.span.start : undefined;
    if (first === undefined || form !== moved.form) return undefined;
    const indent = line(first);
    // The dash of a list stands before its first item.
    if (form === 'map') return /^ +$/.test(indent) ? at(first, `${moved.line}\n${indent}`) : undefined;
    return /^ *- +$/.test(indent) ? at(first, `${moved.line.slice(2)}\n${indent}`) : undefined;
  }
  return besideServices(services, moved, at, line);
}

function besideServices(
  services: Mapping,
  moved: Moved,
  at: (start: number, newText: string) => Edit,
  line: (offset: number) => string,
): Edit | undefined {
  const first = services.entries[0];
  const indent = first && line(first.keySpan.start);
  // A service that is there, without an environment, is left to the person.
  if (!first || !indent || !/^ +$/.test(indent) || services.entries.some(({ key }) => key === moved.service)) return undefined;
  return at(first.keySpan.start - indent.length, serviceText(moved, indent, '  '));
}

function serviceText({ line, service }: Moved, indent: string, step: string): string {
  return `${indent}${service}:\n${indent}${step}environment:\n${indent}${step}${step}${line}\n`;
}

/** Without its only variable, `environment` goes too: Compose refuses an empty one. */
function removalOf(entry: EnvironmentEntry, service: string, source: SourceFile): Edit {
  const { text } = source;
  const edit = removeEntry({ file: entry.file, span: entry.span }, text);
  const owner = parseComposeFile(source).documents.flatMap(({ services }) => services.get(service) ?? []);
  const environment = owner.flatMap(({ value }) => fieldOf(value, 'environment') ?? []).find(({ value }) => covers(value.span, entry.span));
  if (!environment || itemsIn(environment.value) !== 1) return edit;
  const lineStart = text.lastIndexOf('\n', environment.keySpan.start - 1) + 1;
  return { ...edit, span: { start: lineStart, end: edit.span.end } };
}

function itemsIn(node: Node): number {
  if (node.kind === 'mapping') return node.entries.length + node.merges.length;
  return node.kind === 'sequence' ? node.items.length : 0;
}
