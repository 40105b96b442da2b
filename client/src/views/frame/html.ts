// Text for a webview, escaped by construction: what comes from files of the workspace never becomes markup.

export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | undefined | readonly Html[];

/** A template whose values are text, unless they are `Html` themselves. Undefined is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((string, i) => string + (i < parts.length ? textOf(parts[i]) : '')).join(''));
}

function textOf(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  return typeof part === 'object' ? part.map(({ text }) => text).join('') : escaped(String(part));
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, sign => entities[sign] ?? sign);
}

/** A sentence of ours: what stands between backticks is code. */
export function sentence(text: string): Html {
  return html`${text.split('`').map((piece, i) => (i % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`))}`;
}

interface ButtonLook {
  /** What a screen reader says, and a tooltip, where the content alone would not do. */
  readonly label?: string;
  readonly className?: string;
}

/** A button that sends a message to the extension. */
export function button(message: unknown, content: Html | string, { label, className }: ButtonLook = {}): Html {
  const named = label === undefined ? undefined : html` aria-label="${label}" title="${label}"`;
  const styled = className === undefined ? undefined : html` class="${className}"`;
  return html`<button type="button" data-message="${JSON.stringify(message)}"${named}${styled}>${content}</button>`;
}

/** A button that folds the list with this id away and shows it again. */
export function fold(id: string, label: string): Html {
  return html`<button type="button" class="fold" aria-expanded="true" aria-controls="${id}" aria-label="${label}"></button>`;
}
