// What happens inside of a webview of ours: buttons speak, a filter hides, and what the person has set survives the next content.
import './page.css';
import '../auth-map/auth-map.css';

interface Editor {
  postMessage(message: unknown): void;
  getState(): State | undefined;
  setState(state: State): void;
}

interface State {
  readonly filter: string;
  /** Keys of the parts that are folded away. */
  readonly closed: readonly string[];
  readonly scrolled: number;
}

declare function acquireVsCodeApi(): Editor;

const editor = acquireVsCodeApi();
const filter = document.querySelector<HTMLInputElement>('input[data-filter]');
const told = document.querySelector('[data-filtered]');
const folds = [...document.querySelectorAll<HTMLDetailsElement>('details[data-key]')];

document.addEventListener('click', ({ target }) => {
  const message = (target as Element).closest<HTMLElement>('button[data-message]')?.dataset.message;
  if (message !== undefined) editor.postMessage(JSON.parse(message));
});

/** Shows what has all the words of the filter in it, with everything around it. */
function applyFilter(): void {
  const words = (filter?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const items = [...document.querySelectorAll<HTMLElement>('[data-words]')];
  const fits = (item: HTMLElement) => words.every(word => item.dataset.words?.includes(word));
  const shown = new Set<Element>();
  for (const item of items) {
    if (!fits(item)) continue;
    for (let around: Element | null = item; around; around = around.parentElement) shown.add(around);
    // What is below something that was searched for belongs to it.
    for (const below of item.querySelectorAll('[data-words]')) shown.add(below);
  }
  for (const item of items) item.hidden = !shown.has(item);
  if (words.length > 0) for (const fold of folds) if (shown.has(fold)) fold.open = true;
  const count = items.filter(fits).length;
  if (told) told.textContent = words.length === 0 ? '' : `${count} ${count === 1 ? 'entry' : 'entries'}`;
}

function remember(): void {
  const closed = folds.filter(fold => !fold.open).flatMap(fold => fold.dataset.key ?? []);
  editor.setState({ filter: filter?.value ?? '', closed, scrolled: window.scrollY });
}

const before = editor.getState();
if (before) {
  if (filter) filter.value = before.filter;
  for (const fold of folds) fold.open = !before.closed.includes(fold.dataset.key ?? '');
  applyFilter();
  window.scrollTo(0, before.scrolled);
}
filter?.addEventListener('input', () => {
  applyFilter();
  remember();
});
for (const fold of folds) fold.addEventListener('toggle', remember);
window.addEventListener('scrollend', remember);
