// Reads what a source file imports, types included: the compiler drops those, and a direction that only types take is one too.

export interface Import {
  /** As written: `./span.ts`, `yaml`. */
  readonly from: string;
  /** 1-based. */
  readonly line: number;
}

const forms = [
  /^[ \t]*(?:import|export)\s+(?:type\s+)?(?:[\w$]+\s*,?\s*)?(?:\*(?:\s+as\s+[\w$]+)?|\{[^}]*\})?\s*from\s*(['"])(?<from>[^'"\n]+)\1/gm,
  /^[ \t]*import\s*(['"])(?<from>[^'"\n]+)\1/gm,
  /\bimport\s*\(\s*(['"`])(?<from>[^'"`\n]+)\1/g,
  /\brequire\s*\(\s*(['"`])(?<from>[^'"`\n]+)\1/g,
];

/** Every static, dynamic and type import and re-export of a TypeScript text. */
export function findImports(text: string): readonly Import[] {
  const found: Import[] = [];
  for (const form of forms) {
    for (const match of text.matchAll(form)) {
      found.push({ from: match.groups?.from as string, line: text.slice(0, match.index).split('\n').length });
    }
  }
  return found;
}

/** Path below the repository that a relative import of `importer` (a path below the repository) names. */
export function resolveImport(importer: string, from: string): string {
  const parts = importer.split('/').slice(0, -1);
  for (const part of from.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
