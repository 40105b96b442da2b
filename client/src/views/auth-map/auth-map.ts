// The page of "Show Auth Map": headings and lists in lists, so that a screen reader can walk through it, each entry a way to its place.
import type { AuthMapNode, AuthMapPlace, AuthMapResult } from '../../../../server/src/protocol.ts';
import { counted } from '../../counted.ts';
import { button, fold, type Html, html, sentence } from '../frame/html.ts';

/** What the buttons of the page say. */
export type AuthMapMessage = { readonly go: Pick<AuthMapPlace, 'uri' | 'range'> } | { readonly run: 'refresh' | 'copy' };

export function authMapPage({ sections }: AuthMapResult): Html {
  if (sections.length === 0) {
    return html`<main><h1>Auth Map</h1>
<p>Nothing here authenticates anybody: there is no NATS configuration, Compose service with authentication settings, platform or token in this workspace.</p>
<div class="tools">${run('refresh', 'Look again')}</div></main>`;
  }
  return html`<main class="map">
<h1>Auth Map</h1>
<p class="quiet">Who authenticates to whom in this workspace. Names lead to the places where they are written.</p>
<div class="tools" role="toolbar" aria-label="Auth Map">
<input type="search" data-filter aria-label="Filter the map" placeholder="Filter, for instance orders">
${run('refresh', 'Refresh')}
${run('copy', 'Copy as Markdown')}
<span class="quiet" role="status" data-filtered></span>
</div>
${sections.map(({ title, nodes }) => html`<section data-section><h2>${title}</h2><ul>${nodes.map((node, i) => entry(node, `${title}-${i}`.replaceAll(' ', '-'), true))}</ul></section>`)}
</main>`;
}

function run(what: 'refresh' | 'copy', words: string): Html {
  const message: AuthMapMessage = { run: what };
  return button(message, words);
}

function entry(node: AuthMapNode, id: string, isOutermost: boolean): Html {
  const facts = node.facts.length === 0 ? undefined : html`<ul class="facts">${node.facts.map(fact)}</ul>`;
  const words = [node.kind, node.name, ...node.facts.map(({ text }) => plain(text))].join(' ').toLowerCase();
  const below =
    node.children.length === 0
      ? undefined
      : html`<ul id="${id}">${node.children.map((child, i) => entry(child, `${id}-${i}`, false))}</ul>`;
  // Servers of one name stand in different files, and tokens have no name but their place.
  const isToldByPlace = isOutermost || node.kind === 'token';
  const file =
    isToldByPlace && node.place && node.place.label !== node.name ? html`<span class="quiet">${node.place.label}</span>` : undefined;
  const toggle = below && fold(id, `What belongs to ${node.kind} ${node.name}`);
  return html`<li data-words="${words}">${toggle}<span class="kind">${node.kind}</span> ${nameOf(node)} ${file} ${counts(node)}${facts}${below}</li>`;
}

function nameOf({ kind, name, place }: AuthMapNode): Html {
  const shown = html`<span class="name">${name}</span>`;
  return place ? link(place, shown, `${kind} ${name}`) : shown;
}

function fact({ text, place }: AuthMapNode['facts'][number]): Html {
  return html`<li>${place ? link(place, sentence(text), plain(text)) : sentence(text)}</li>`;
}

function link({ uri, range, label }: AuthMapPlace, content: Html, words: string): Html {
  const message: AuthMapMessage = { go: { uri, range } };
  return button(message, content, { label: `${words}: ${label}`, className: 'place' });
}

function counts({ findings, worst }: AuthMapNode): Html | undefined {
  const words = countsInWords(findings);
  if (!worst || words === '') return undefined;
  const message: AuthMapMessage = { go: { uri: worst.uri, range: worst.range } };
  const kind = findings.errors > 0 ? 'error' : findings.warnings > 0 ? 'warning' : 'note';
  return button(message, words, { label: `${words}, the worst: ${worst.label}`, className: `count ${kind}` });
}

function plain(text: string): string {
  return text.replaceAll('`', '');
}

/** "2 errors, 1 warning"; empty without any. */
export function countsInWords({ errors, warnings, notes }: AuthMapNode['findings']): string {
  const kinds = [
    [errors, 'error'],
    [warnings, 'warning'],
    [notes, 'note'],
  ] as const;
  return kinds.flatMap(([count, thing]) => (count === 0 ? [] : [counted(count, thing)])).join(', ');
}
