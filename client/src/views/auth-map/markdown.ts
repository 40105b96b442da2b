// The map as Markdown, for a wiki or a review.
import type { AuthMapNode, AuthMapResult } from '../../../../server/src/protocol.ts';
import { countsInWords } from './auth-map.ts';

export function authMapMarkdown({ sections }: AuthMapResult): string {
  const parts = sections.map(({ title, nodes }) => `## ${title}\n\n${nodes.map(node => lines(node, '')).join('')}`);
  return `# Auth Map\n\n${parts.join('\n')}`;
}

function lines(node: AuthMapNode, indent: string): string {
  const findings = countsInWords(node.findings);
  const place = node.place ? ` (${node.place.label})` : '';
  const own = `${indent}- ${node.kind} **${escaped(node.name)}**${escaped(place)}${findings === '' ? '' : ` — ${findings}`}\n`;
  const facts = node.facts.map(({ text }) => `${indent}  - ${prose(text)}\n`);
  return [own, ...facts, ...node.children.map(child => lines(child, `${indent}  `))].join('');
}

function prose(text: string): string {
  return text
    .split('`')
    .map((piece, i) => (i % 2 === 1 ? `\`${piece}\`` : escaped(piece)))
    .join('');
}

function escaped(text: string): string {
  return text.replace(/[\\*_[\]<>#|!~&`]/g, '\\$&');
}
