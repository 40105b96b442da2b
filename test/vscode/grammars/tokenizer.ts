// The tokenizer of a real VS Code with the grammars of our manifest and of that VS Code: its own two modules, no copy of them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface Grammar {
  tokenizeLine(line: string, state: unknown): { readonly tokens: readonly RawToken[]; readonly ruleStack: unknown };
}
interface RawToken {
  readonly startIndex: number;
  readonly endIndex: number;
  readonly scopes: readonly string[];
}
interface Textmate {
  readonly INITIAL: unknown;
  readonly Registry: new (options: object) => { loadGrammar(scope: string): Promise<Grammar | null> };
  parseRawGrammar(text: string, path: string): object;
}
interface Oniguruma {
  readonly OnigScanner: new (patterns: string[]) => object;
  readonly OnigString: new (text: string) => object;
  loadWASM(bytes: Uint8Array): Promise<void>;
}
interface Contribution {
  readonly language?: string;
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}

/** Folder of the VS Code server, and of this repository. The runner sets both. */
const editor = process.env.AUTHLINT_EDITOR ?? '';
const root = process.env.AUTHLINT_ROOT ?? '';
const require = createRequire(`${editor}/package.json`);

const contributions = (folder: string): (Contribution & { folder: string })[] =>
  (JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).contributes?.grammars ?? []).map((grammar: Contribution) => ({
    ...grammar,
    folder,
  }));

const known = [
  root,
  ...readdirSync(`${editor}/extensions`)
    .map(name => `${editor}/extensions/${name}`)
    .filter(folder => existsSync(`${folder}/package.json`)),
].flatMap(contributions);

async function createRegistry() {
  const textmate: Textmate = require('vscode-textmate');
  const oniguruma: Oniguruma = require('vscode-oniguruma');
  await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope: string) => {
      const found = known.find(grammar => grammar.scopeName === scope);
      if (!found) return null;
      const path = `${found.folder}/${found.path}`;
      return textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
    },
    // As VS Code does it: what is injected into `source` is injected into `source.yaml` too.
    getInjections: (scope: string) => {
      const parts = scope.split('.');
      const prefixes = parts.map((_, i) => parts.slice(0, i + 1).join('.'));
      return known.filter(grammar => grammar.injectTo?.some(target => prefixes.includes(target))).map(grammar => grammar.scopeName);
    },
  });
  return { registry, initial: textmate.INITIAL };
}

let registry: ReturnType<typeof createRegistry> | undefined;

export interface Token {
  readonly text: string;
  /** From the outermost to the innermost. */
  readonly scopes: readonly string[];
}

/** Tokens of a text in a language, without those that are only whitespace. */
/** Whether this VS Code colours a language: newer ones know more. */
export function isKnown(language: string): boolean {
  return known.some(grammar => grammar.language === language);
}

export async function tokenize(language: string, text: string): Promise<Token[]> {
  registry ??= createRegistry();
  const { registry: grammars, initial } = await registry;
  const scope = known.find(grammar => grammar.language === language)?.scopeName;
  const grammar = scope === undefined ? null : await grammars.loadGrammar(scope);
  if (!grammar) throw new Error(`no grammar for ${language}`);
  let state = initial;
  return text.split('\n').flatMap(line => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens
      .map(({ startIndex, endIndex, scopes }) => ({ text: line.slice(startIndex, endIndex).trim(), scopes }))
      .filter(token => token.text !== '');
  });
}
