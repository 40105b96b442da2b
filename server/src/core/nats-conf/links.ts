// What leads from a configuration to other files: includes, certificates, credentials, JWTs. A file that is not there is no link.
import type { BuildContext, Link } from '../language.ts';
import { nameOf } from '../text/file-id.ts';
import type { NatsConf } from './model.ts';
import { standpointOf } from './standpoint.ts';
import type { StringNode } from './tree.ts';

/** In the order of the text. */
export function linksOf(own: NatsConf, context: BuildContext): readonly Link[] {
  const { whole } = standpointOf(own, context);
  const links: Link[] = [];
  for (const { node, file, target, outcome } of own.evaluation.includes) {
    const exists = outcome === 'included' || outcome === 'cycle' || outcome === 'too-deep';
    if (exists && file === own.file) links.push({ span: node.pathSpan, target: { file: target }, tooltip: tooltipOf(target) });
  }
  // The same text may be used in several places, through a variable.
  const seen = new Set<StringNode>();
  for (const { value, target } of whole.namedFiles) {
    if (target === undefined || value.origin.file !== own.file || seen.has(value.node)) continue;
    seen.add(value.node);
    links.push({ span: value.node.contentSpan, target: { file: target }, tooltip: tooltipOf(target) });
  }
  return links.sort((a, b) => a.span.start - b.span.start);
}

function tooltipOf(target: string): string {
  return `Open ${nameOf(target)}`;
}
