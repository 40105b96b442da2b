// Where a name comes from that a program uses and does not define: which file of the workspace may hold it.

import { remember } from '../text/remember.ts';
import type { Program } from './program.ts';

/**
 * The module (last part of its path, without extension) or package that holds a path of names: `.` for another file of the same Go package, empty
 * where only the class in front of the name tells. Undefined where it is no constant of another file, as far as can be seen.
 */
export function originOf(program: Program, words: readonly string[]): string | undefined {
  const [first = '', ...rest] = words;
  switch (program.facts.syntax) {
    case 'go':
      if (rest.length === 0) return '.';
      return rest.length === 1 ? importsOf(program).get(first) : undefined;
    case 'java':
    case 'csharp':
      return rest.length > 0 && /^[A-Z]/.test(words.at(-2) ?? '') ? '' : undefined;
    case 'rust':
      return words.at(-2) ?? importsOf(program).get(first);
    default:
      return importsOf(program).get(first);
  }
}

/** Imported names and the module or package of each. */
const importsOf = remember(
  (program: Program): ReadonlyMap<string, string> => new Map(program.facts.syntax === 'go' ? goPackages(program) : importedNames(program)),
);

/** Go: every path in quotes in front of the first function. */
function* goPackages(program: Program): Generator<readonly [name: string, from: string]> {
  for (let i = 0; i < program.size && program.token(i).text !== 'func'; i++) {
    const [path] = program.token(i).parts;
    const name = typeof path === 'string' ? lastPart(path.split('/')) : '';
    if (name !== '') yield [name, name];
  }
}

/** `import { name } from "./module"`, `from package.module import name`, `use crate::module::name`, `import module`. */
function* importedNames(program: Program): Generator<readonly [name: string, from: string]> {
  for (let i = 0; i < program.size; i++) {
    const { kind, text } = program.token(i);
    if (kind !== 'name' || !/^(?:import|from|use)$/.test(text) || program.isDot(i - 1)) continue;
    const end = importEnd(program, i);
    for (let j = i + 1; j < end; j++) {
      const name = program.token(j);
      if (name.kind === 'name' && !/^(?:import|from|as|type)$/.test(name.text)) yield [name.text, moduleOf(program, i, end, name.text)];
    }
    i = end - 1;
  }
}

function importEnd(program: Program, from: number): number {
  const scripted = program.facts.syntax === 'typescript';
  for (let i = from + 1; i < from + 200 && i < program.size; i++) {
    if (program.is(i, ';') || (scripted && program.token(i).kind === 'string')) return i + 1;
  }
  return from + 1;
}

function moduleOf(program: Program, from: number, end: number, name: string): string {
  const [path] = program.token(end - 1).parts;
  if (typeof path === 'string')
    return lastPart(
      path
        .replace(/\.[cm]?[jt]sx?$/, '')
        .split('/')
        .filter(part => part !== 'index'),
    );
  const words: string[] = [];
  for (let i = from + 1; i < end && program.token(i).text !== 'import' && !program.is(i, '{'); i++) {
    if (program.token(i).kind === 'name') words.push(program.token(i).text);
  }
  // `use crate::subjects::CREATED` and `import subjects`
  return lastPart(words.length > 1 && words.at(-1) === name ? words.slice(0, -1) : words);
}

function lastPart(words: readonly string[]): string {
  return words.at(-1) ?? '';
}
