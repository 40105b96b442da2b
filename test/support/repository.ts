// Judges files and documents of the repository; `test/repository.test.ts` applies it to all of them.

/** Files that are longer than the budget, each with its reason. A file that shrank must leave the list. */
const longFiles: Readonly<Record<string, string>> = {
  'server/src/core/analyzer.ts': 'one object whose caches must be invalidated together',
  'server/src/core/compose/project.ts': 'the loading of a project is one order of steps, and compose-go’s',
  'server/src/core/compose/service.ts': 'reads one shape for each key of a service',
  'server/src/core/compose/yaml-tree.ts': 'a parser: nodes, aliases and merge keys know one another',
  'server/src/core/environment/env-file.ts': 'a parser: dotenv exactly as Compose reads it',
  'server/src/core/nats-conf/lexer.ts': 'a parser: one function for each kind of value',
  'server/src/core/nats-conf/mistakes.ts': 'a table: the words and the fix of each mistake of syntax',
  'server/src/core/nats-conf/parser.ts': 'a parser: the counterpart of one state machine',
  'server/src/core/nats-conf/recovery.ts': 'a parser: one guess for each mistake',
  'server/src/lsp/scope.ts': 'one object that loads, and is told of changes meanwhile',
  'server/src/lsp/session.ts': 'one object for as long as the connection lives',
};

/** Lines. Tests may be longer: many are tables of cases. */
const budgetOf = (path: string) => (path.startsWith('test/') ? 500 : 300);

/** Files over the budget without a reason, and reasons without need. */
export function findLongFiles(code: ReadonlyMap<string, string>, reasons: Readonly<Record<string, string>> = longFiles): readonly string[] {
  const faults: string[] = [];
  for (const [path, text] of code) {
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    const budget = budgetOf(path);
    if (lines > budget && !(path in reasons)) faults.push(`${path}: ${lines} lines, more than ${budget}`);
    if (lines <= budget && path in reasons) faults.push(`${path}: ${lines} lines, and still has a reason to be long`);
  }
  return faults;
}

/** Names in backticks of a document that are neither a path, nor declared in the code, nor a global of the platform. */
export function findMissingNames(document: string, paths: ReadonlySet<string>, code: string): readonly string[] {
  const top = new Set([...paths].map(path => path.split('/')[0]));
  const outsideOfFences = document.replace(/^(`{3,})[\s\S]*?^\1/gm, '');
  const names = [...outsideOfFences.matchAll(/`([^`\n]+)`/g)].map(match => match[1] as string);
  return names.filter(name => {
    if (
      /^[\w.@-]+(?:\/[\w.@-]+)*\/?$/.test(name) &&
      (name.includes('/') ? top.has(name.split('/')[0]) : /\.(?:ts|mjs|md|json)$/.test(name))
    ) {
      return !isPath(name, paths);
    }
    if (/^[A-Za-z]+(?:\.[A-Za-z]+)?$/.test(name) && /[a-z][A-Z]|^[A-Z][a-z]/.test(name)) return !isSymbol(name, code);
    return false;
  });
}

function isPath(name: string, paths: ReadonlySet<string>): boolean {
  const folder = name.endsWith('/') ? name : `${name}/`;
  for (const path of paths) {
    if (path === name || path.startsWith(folder) || (!name.includes('/') && path.endsWith(`/${name}`))) return true;
  }
  return false;
}

function isSymbol(name: string, code: string): boolean {
  const [first = '', member] = name.split('.');
  if (first in globalThis) return true;
  const declared = new RegExp(`\\b(?:function|const|let|class|interface|type)\\s+${first}\\b`).exec(code);
  if (!declared) return false;
  return member === undefined || new RegExp(`\\b${member}\\b`).test(code.slice(declared.index).split(/^\}/m)[0] as string);
}

const empty = /^(?:utils?|helpers?|common|shared|misc)$/;

/** Code files whose name is not kebab-case or says nothing. */
export function findUnnamed(paths: Iterable<string>): readonly string[] {
  const faults: string[] = [];
  for (const path of paths) {
    if (!/^(?:server|client|scripts|test)\/.*\.(?:ts|mjs|lua)$/.test(path)) continue;
    const parts = path.replace(/\.[^/]*$/, '').split('/');
    const bad = parts.find(part => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(part));
    const vague = parts.flatMap(part => part.split('-')).find(word => empty.test(word));
    if (bad !== undefined) faults.push(`${path}: not kebab-case`);
    else if (vague !== undefined) faults.push(`${path}: "${vague}" says nothing`);
  }
  return faults;
}

/** Where tokens and keys that were made for it may stand. */
const madeUp = /^(?:examples|test|bench)\/|\/rules\/.*\.md$|\/facts\/.*\.json$/;

interface Strange {
  readonly what: string;
  readonly pattern: RegExp;
  readonly allowed?: RegExp;
}

const strange: readonly Strange[] = [
  { what: 'an nkey seed', pattern: /\bS[OAUNCX][A-Z2-7]{56}\b/, allowed: madeUp },
  { what: 'a token', pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/, allowed: madeUp },
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*\n?[A-Za-z0-9+/=\s]{60,}/ },
  { what: 'a key of a cloud or forge', pattern: /\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abp]-[\w-]{20,}/ },
  {
    what: 'a host of a package registry',
    pattern: /https?:\/\/(?![^/\s"']*\bexample\b\.?)[^/\s"']*\b(?:registry|mirror)\b[^/\s"']*\.[^/\s"']+/,
  },
  { what: 'a path of somebody’s machine', pattern: /(?:^|[\s"'`(=:])\/(?:work|root|Users)\/[\w.-]+/m },
];

/** What does not belong into a repository, as `path:line: what`. */
export function findStrangeText(path: string, text: string): readonly string[] {
  return strange.flatMap(({ what, pattern, allowed }) => {
    if (allowed?.test(path)) return [];
    const match = pattern.exec(text);
    return match ? [`${path}:${text.slice(0, match.index).split('\n').length}: ${what}`] : [];
  });
}
