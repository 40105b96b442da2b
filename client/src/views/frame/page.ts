// What happens inside of a webview of ours: buttons speak, a filter hides, and what the person has set survives the next content.
import './page.css';
import '../auth-map/auth-map.css';
import '../token-report/token-report.css';

interface Editor {
  postMessage(message: unknown): void;
  getState(): State | undefined;
  setState(state: State): void;
}

interface State {
  readonly filter: string;
  /** Ids of the lists that are folded away. */
  readonly closed: readonly string[];
  readonly scrolled: number;
}

declare function acquireVsCodeApi(): Editor;

const editor = acquireVsCodeApi();
const filter = document.querySelector<HTMLInputElement>('input[data-filter]');
const told = document.querySelector('[data-filtered]');
const folds = [...document.querySelectorAll<HTMLButtonElement>('button[aria-controls]')];

document.addEventListener('click', ({ target }) => {
  const button = (target as Element).closest('button');
  if (button?.dataset.message !== undefined) editor.postMessage(JSON.parse(button.dataset.message));
  if (!button || !folds.includes(button)) return;
  setFold(button, !isOpen(button));
  remember();
});

function idOf(button: HTMLButtonElement): string {
  return button.getAttribute('aria-controls') ?? '';
}

function isOpen(button: HTMLButtonElement): boolean {
  return button.getAttribute('aria-expanded') === 'true';
}

function setFold(button: HTMLButtonElement, open: boolean): void {
  button.setAttribute('aria-expanded', String(open));
  const list = document.getElementById(idOf(button));
  if (list) list.hidden = !open;
}

/** Shows what has all the words of the filter in it, with everything around and below it. */
function applyFilter(): void {
  const words = (filter?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const items = [...document.querySelectorAll<HTMLElement>('[data-words]')];
  const fitting = items.filter(item => words.every(word => item.dataset.words?.includes(word)));
  const shown = new Set<Element>();
  for (const item of fitting) {
    for (let around: Element | null = item; around; around = around.parentElement) shown.add(around);
    for (const below of item.querySelectorAll('[data-words]')) shown.add(below);
  }
  for (const item of items) item.hidden = !shown.has(item);
  for (const section of document.querySelectorAll<HTMLElement>('[data-section]')) section.hidden = !shown.has(section);
  if (words.length > 0) for (const fold of folds) if (shown.has(fold.closest('li') ?? fold)) setFold(fold, true);
  if (told) told.textContent = words.length === 0 ? '' : `${fitting.length} ${fitting.length === 1 ? 'entry' : 'entries'}`;
}

function remember(): void {
  const closed = folds.filter(fold => !isOpen(fold)).map(idOf);
  editor.setState({ filter: filter?.value ?? '', closed, scrolled: window.scrollY });
}

const before = editor.getState();
if (before) {
  if (filter) filter.value = before.filter;
  for (const fold of folds) setFold(fold, !before.closed.includes(idOf(fold)));
  applyFilter();
  window.scrollTo(0, before.scrolled);
}
filter?.addEventListener('input', () => {
  applyFilter();
  remember();
});
window.addEventListener('scrollend', remember);
