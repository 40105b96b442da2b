// Which way imports may point, as data and one function over sources; ARCHITECTURE.md draws the same picture.
import { findImports, resolveImport } from './imports.ts';

/** From left to right: a file imports its own part and parts of lower levels. Parts of one level do not know one another. */
const levels: readonly (readonly [pattern: RegExp, part: string])[][] = [
  [[/^server\/src\/protocol\.ts$/, 'protocol']],
  [[/^server\/src\/core\/text\//, 'text']],
  [[/^server\/src\/core\/facts\//, 'facts']],
  [[/^server\/src\/core\/lint\//, 'lint']],
  [[/^server\/src\/core\/language\.ts$/, 'language']],
  [
    [/^server\/src\/core\/nats-auth\//, 'nats-auth'],
    [/^server\/src\/core\/environment\//, 'environment'],
  ],
  [[/^server\/src\/core\/jwt\//, 'jwt']],
  // Every folder below the core that is not named here is a file language; `$1` is its name.
  [[/^server\/src\/core\/(?!(?:text|facts|lint|nats-auth|environment|jwt|workspace)\/)([^/]+)\//, '$1']],
  [[/^server\/src\/core\/workspace\//, 'workspace']],
  [[/^server\/src\/core\/(?:detect|analysis|analyzer)\.ts$/, 'analysis']],
  [
    [/^server\/src\/hosts\//, 'hosts'],
    [/^server\/src\/checks\//, 'checks'],
  ],
  [
    [/^server\/src\/lsp\//, 'lsp'],
    [/^server\/src\/cli\//, 'cli'],
  ],
  [[/^server\/src\/main-[\w-]+\.ts$/, 'main']],
];

/** Packages that only some places may import. A package that is in no row may be imported outside of the core. */
const reserved: readonly { readonly what: RegExp; readonly only: RegExp; readonly where: string }[] = [
  { what: /^vscode$|^vscode-languageclient(\/|$)/, only: /^client\//, where: 'client/' },
  {
    what: /^vscode-(?:languageserver|jsonrpc)(?:[/-]|$)/,
    only: /^server\/src\/(?:lsp\/|main-)/,
    where: 'server/src/lsp and the entry points',
  },
  {
    what: /^node:/,
    only: /^server\/src\/(?:hosts\/(?:compiled-code|node-files|node-network)\.ts$|cli\/|main-)|^client\/src\/(?:main-node|nats-server-process|process-transports|secret-file|server-process)\.ts$/,
    where:
      'hosts/compiled-code.ts, hosts/node-files.ts, hosts/node-network.ts, cli, nats-server-process.ts, process-transports.ts, secret-file.ts, server-process.ts and the entry points',
  },
  {
    what: /^@noble\/hashes\//,
    only: /^server\/src\/core\/jwt\/(?:hmac|key-signature)\.ts$/,
    where: 'server/src/core/jwt/hmac.ts and key-signature.ts',
  },
  { what: /^@noble\/curves\//, only: /^server\/src\/core\/jwt\/key-signature\.ts$/, where: 'server/src/core/jwt/key-signature.ts' },
  { what: /^bcryptjs$/, only: /^server\/src\/checks\//, where: 'server/src/checks' },
  { what: /^jose(?:\/|$)/, only: /^server\/src\/checks\//, where: 'server/src/checks' },
  {
    what: /^@nats-io\/nkeys$/,
    only: /^server\/src\/core\/nats-auth\/|^client\/src\/nkey-pair\.ts$/,
    where: 'server/src/core/nats-auth and client/src/nkey-pair.ts',
  },
];

const inCore = /^server\/src\/core\//;
const isRule = /\/rules\/(?:.+\/)?(?!index\.ts$)[^/]+\.ts$/;

interface Place {
  readonly level: number;
  readonly part: string;
}

function placeOf(path: string): Place | undefined {
  for (const [level, parts] of levels.entries()) {
    for (const [pattern, part] of parts) {
      const match = pattern.exec(path);
      if (match) return { level, part: part.replace('$1', match[1] ?? '') };
    }
  }
  return undefined;
}

/** Every import that points the wrong way, as `path:line: why`. Keys are paths below the repository. */
export function findWrongImports(sources: ReadonlyMap<string, string>): readonly string[] {
  const faults: string[] = [];
  for (const [path, text] of sources) {
    if (path.startsWith('server/src/') && !placeOf(path)) faults.push(`${path}: belongs to no part of the architecture`);
    for (const { from, line } of findImports(text)) {
      const target = from.startsWith('.') ? resolveImport(path, from) : undefined;
      const why = target === undefined ? packageFault(path, from) : ownFault(path, target, sources);
      if (why) faults.push(`${path}:${line}: ${why}`);
    }
  }
  return faults;
}

function packageFault(path: string, from: string): string | undefined {
  const row = reserved.find(({ what }) => what.test(from));
  if (row) return row.only.test(path) ? undefined : `${from} may be imported in ${row.where} only`;
  if (inCore.test(path) && from !== 'yaml') return `the core imports nothing from outside but yaml, not ${from}`;
  return undefined;
}

function ownFault(path: string, target: string, sources: ReadonlyMap<string, string>): string | undefined {
  if (path.startsWith('client/')) {
    return target.startsWith('client/') || /^server\/src\/(?:protocol|hosts\/compiled-code)\.ts$/.test(target)
      ? undefined
      : `the client knows nothing of ${target}`;
  }
  if (!target.startsWith('server/src/')) return `${target} is outside of server/src`;
  if (isRule.test(path) && isRule.test(target) && sources.has(target.replace(/\.ts$/, '.md')))
    return `a rule never imports another rule (${target})`;
  const [here, there] = [placeOf(path), placeOf(target)];
  if (!here || !there) return undefined;
  if (there.level < here.level || (there.level === here.level && there.part === here.part)) return undefined;
  return there.level === here.level
    ? `${here.part} and ${there.part} do not know one another`
    : `imports point left: ${there.part} is to the right of ${here.part}`;
}
