// The page of "Explain an Auth Error…". The explanation comes as Markdown, which other doors print; the editor's own preview does not
// follow links to files, so it is put into a page of ours, whose places are buttons.
import { button, type Html, html } from '../frame/html.ts';

/** What the buttons of the page say: a place, lines and characters 0-based. */
export interface ExplanationMessage {
  readonly go: { readonly uri: string; readonly line: number; readonly character: number };
}

/** A page from the Markdown of an explanation: headings, paragraphs, lists, code and links to places. */
export function explanationPage(markdown: string): Html {
  return html`<main>${markdown
    .trim()
    .split(/\n{2,}/)
    .map(block)}</main>`;
}

function block(text: string): Html {
  const [, marks, title] = /^(#{1,2}) (.*)$/.exec(text) ?? [];
  if (title !== undefined) return marks === '#' ? html`<h1>${inline(title)}</h1>` : html`<h2>${inline(title)}</h2>`;
  if (text === '---') return html`<hr>`;
  const items = text.split('\n');
  if (items.every(item => item.startsWith('- '))) return html`<ul>${items.map(item => html`<li>${inline(item.slice(2))}</li>`)}</ul>`;
  return html`<p>${inline(text)}</p>`;
}

const marks = /`([^`]*)`|\*\*(.+?)\*\*|\[((?:[^\]\\]|\\.)*)\]\(([^)]*)\)|\\(.)/g;

function inline(text: string): Html {
  const parts: Html[] = [];
  let end = 0;
  for (const { 0: whole, 1: code, 2: strong, 3: label, 4: target, 5: sign, index } of text.matchAll(marks)) {
    parts.push(html`${text.slice(end, index)}`);
    if (code !== undefined) parts.push(html`<code>${code}</code>`);
    else if (strong !== undefined) parts.push(html`<strong>${inline(strong)}</strong>`);
    else if (label !== undefined && target !== undefined) parts.push(place(label, target));
    else parts.push(html`${sign}`);
    end = index + whole.length;
  }
  return html`${[...parts, html`${text.slice(end)}`]}`;
}

/** `file:///w/nats.conf#L12,3` leads to the place. */
function place(label: string, target: string): Html {
  const [, uri, line, character] = /^(.*)#L(\d+),(\d+)$/.exec(target) ?? [];
  if (uri === undefined) return html`${label}`;
  const message: ExplanationMessage = { go: { uri, line: Number(line) - 1, character: Number(character) - 1 } };
  return button(message, label, { label: `Open ${label}`, className: 'place' });
}
