// Who authenticates to whom: the map of every folder, with places and findings as an editor understands them.
import type { Analyzer } from '../../core/analyzer.ts';
import { pathWithin } from '../../core/text/file-id.ts';
import type { Place } from '../../core/text/place.ts';
import { findingsWithin, type MapNode } from '../../core/workspace/auth-map/map-node.ts';
import type { AuthMapNode, AuthMapPlace, AuthMapResult } from '../../protocol.ts';
import type { ServerContext } from '../server.ts';
import type { Subject } from '../session.ts';
import { toLocation } from '../to-lsp.ts';

export async function authMap({ session }: ServerContext): Promise<AuthMapResult> {
  // The map is made when somebody asks for it.
  const { authMap: mapOf } = await import('../../core/workspace/auth-map/auth-map.ts');
  const sections = new Map<string, AuthMapNode[]>();
  for (const where of session.subjects()) {
    await where.scope.loaded();
    const { analyzer } = where.scope;
    const shown = new Set(where.scope.shownFiles());
    const findingsOf = (file: string) => (shown.has(file) ? analyzer.result(file).findings : []);
    for (const { title, nodes } of mapOf(analyzer.workspace())) {
      const known = sections.get(title) ?? [];
      sections.set(title, known);
      known.push(...nodes.map(node => toWire(node, where, findingsOf)));
    }
  }
  return { sections: [...sections].map(([title, nodes]) => ({ title, nodes })) };
}

type FindingsOf = (file: string) => ReturnType<Analyzer['result']>['findings'];

function toWire(node: MapNode, where: Omit<Subject, 'id'>, findingsOf: FindingsOf): AuthMapNode {
  const found = findingsWithin(node, findingsOf);
  const count = (...severities: readonly string[]) => found.filter(({ severity }) => severities.includes(severity)).length;
  const [worst] = found;
  const { kind, name, facts, at, children } = node;
  return {
    kind,
    name,
    facts: facts.map(({ text, at }) => ({ text, ...(at ? { place: toPlace(at, where) } : {}) })),
    ...(at ? { place: toPlace(at, where) } : {}),
    findings: { errors: count('error'), warnings: count('warning'), notes: count('information', 'hint') },
    ...(worst ? { worst: toPlace({ file: worst.file, span: worst.span }, where) } : {}),
    children: children.map(child => toWire(child, where, findingsOf)),
  };
}

function toPlace(at: Place, { scope, places }: Omit<Subject, 'id'>): AuthMapPlace {
  const { uri, range } = toLocation(at, places);
  const path = pathWithin(scope.root, at.file) ?? at.file.slice(at.file.lastIndexOf('/') + 1);
  return {
    label: range.start.line === 0 && range.end.line === 0 && range.end.character === 0 ? path : `${path}:${range.start.line + 1}`,
    uri,
    range,
  };
}
