// The page of "Check Token…": the answer first, then who would accept the token, every check, and what the token says. Tables with
// headings, so that a screen reader can walk through them.
import type { CheckTokenResult, TokenRow } from '../../../../server/src/protocol.ts';
import { button, type Html, html, sentence } from '../frame/html.ts';

/** What the buttons of the page say. */
export type TokenReportMessage = { readonly open: string } | { readonly run: 'again' | 'copy' };

type Outcome = CheckTokenResult['checks'][number]['outcome'];

const words: Readonly<Record<Outcome, readonly [mark: string, word: string]>> = {
  pass: ['✓', 'pass'],
  fail: ['✗', 'fail'],
  unknown: ['?', 'unknown'],
};

export function tokenReportPage({ verdict, facts, header, claims, checks, verifiers }: CheckTokenResult): Html {
  return html`<main class="token">
<h1>Token report</h1>
<p class="quiet">${facts.join(' · ')}</p>
<p class="verdict">${sentence(verdict)}</p>
<div class="tools" role="toolbar" aria-label="Token report">
${run('copy', 'Copy as Markdown')}
${run('again', 'Check again')}
</div>
<section><h2>Who would accept it</h2>${verifiers.length === 0 ? html`<p>Nobody in this workspace checks tokens, as far as its files say.</p>` : html`<ul class="verifiers">${verifiers.map(verifier)}</ul>`}</section>
<section><h2>Checks</h2>
<table><thead><tr><th scope="col">Check</th><th scope="col">Result</th><th scope="col">Why</th></tr></thead>
<tbody>${checks.map(check)}</tbody></table></section>
${rows('Header', header)}
${rows('Claims', claims)}
<p class="quiet">The signature and what looks like a secret are not shown, and not copied.</p>
</main>`;
}

function run(what: 'again' | 'copy', label: string): Html {
  const message: TokenReportMessage = { run: what };
  return button(message, label);
}

function outcome(kind: Outcome, said?: string): Html {
  const [mark, word] = words[kind];
  return html`<span class="outcome ${kind}"><span aria-hidden="true">${mark}</span> ${said ?? word}</span>`;
}

function check({ title, outcome: kind, why }: CheckTokenResult['checks'][number]): Html {
  return html`<tr><th scope="row">${title}</th><td>${outcome(kind)}</td><td>${sentence(why)}</td></tr>`;
}

function verifier({ name, path, uri, accepts, why }: CheckTokenResult['verifiers'][number]): Html {
  const kind = accepts === null ? 'unknown' : accepts ? 'pass' : 'fail';
  const said = accepts === null ? 'cannot be known here' : accepts ? 'accepts it' : 'refuses it';
  const reasons = why.length === 0 ? undefined : html`<ul>${why.map(reason => html`<li>${sentence(reason)}</li>`)}</ul>`;
  return html`<li><strong>${name}</strong> ${place(path, uri)} ${outcome(kind, said)}${reasons}</li>`;
}

function place(path: string | undefined, uri: string | undefined): Html | undefined {
  if (path === undefined) return undefined;
  if (uri === undefined) return html`<span class="quiet">${path}</span>`;
  const message: TokenReportMessage = { open: uri };
  return button(message, path, { label: `Open ${path}`, className: 'place' });
}

function rows(title: string, given: readonly TokenRow[]): Html | undefined {
  if (given.length === 0) return undefined;
  return html`<section><h2>${title}</h2>
<table><thead><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead>
<tbody>${given.map(({ name, value, time }) => html`<tr><th scope="row"><code>${name}</code></th><td><code>${value}</code>${time === undefined ? undefined : html` <span class="quiet">${time}</span>`}</td></tr>`)}</tbody></table></section>`;
}
