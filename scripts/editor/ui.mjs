// A person's hands and eyes on the workbench: opening files, hovering, choosing a quick fix, all as somebody would do it.

const patience = { timeout: 30_000 };

/** Whether something comes into sight within so many milliseconds. */
const appears = (locator, timeout = 4_000) =>
  locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );

export class Workbench {
  #page;

  constructor(page) {
    this.#page = page;
  }

  get page() {
    return this.#page;
  }

  get editor() {
    return this.#page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Opens a file of the workspace by its name, with the keyboard. */
  async open(name, text) {
    await this.type('Control+P', name);
    await this.#page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor(patience);
    await this.press('Enter');
    await this.sees(text);
  }

  /** Opens a list of the workbench by its key and writes into it. */
  async type(key, text) {
    const input = this.#page.locator('.quick-input-widget:not([style*="display: none"]) input').first();
    // A key that is pressed while a page closes is lost with it.
    for (let i = 0; i < 5; i++) {
      await this.press(key);
      if (await appears(input)) break;
    }
    await input.waitFor(patience);
    await input.fill(text);
    return input;
  }

  /** Runs a command by its name in the palette. */
  async run(title) {
    await this.type('F1', `>${title}`);
    await this.#page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor(patience);
    await this.press('Enter');
  }

  /** Waits for a text in the active editor. */
  async sees(text) {
    await this.editor.locator('.view-lines').getByText(text).first().waitFor(patience);
  }

  /** Waits until a text has gone from the active editor. */
  async seesNoMore(text) {
    await this.editor
      .locator('.view-lines')
      .getByText(text)
      .first()
      .waitFor({ ...patience, state: 'detached' });
  }

  async press(...keys) {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** Puts the cursor at a place, both numbers 1-based. */
  async goTo(line, column) {
    const input = await this.type('Control+G', `:${line}:${column}`);
    await this.press('Enter');
    await input.waitFor({ ...patience, state: 'hidden' });
  }

  /** Waits for an underlined place of a severity: `error`, `warning`, `info` or `hint`. */
  async squiggle(severity) {
    await this.editor.locator(`.squiggly-${severity}`).first().waitFor(patience);
  }

  /** Moves the mouse over a word of the active editor and returns the hover's text, once that says `text`. */
  async hover(word, text) {
    const { mouse } = this.#page;
    const place = this.editor.locator('.view-line span span', { hasText: word }).first();
    const hover = this.#page.locator('.monaco-hover:not(.hidden)').filter({ hasText: text }).first();
    for (let i = 0; i < 5; i++) {
      await place.waitFor(patience);
      const box = await place.boundingBox();
      // The editor has drawn the line anew meanwhile.
      if (!box) continue;
      // In steps, as a hand moves: a jump is not noticed.
      await mouse.move(box.x + box.width / 2 + 100, box.y + 60);
      await mouse.move(box.x + Math.min(box.width / 2, 60), box.y + box.height / 2, { steps: 5 });
      if (await appears(hover)) return hover.textContent();
    }
    throw new Error(`no hover says "${text}"`);
  }

  /** Shows what the editor has to say at the cursor, with the keyboard. Asked again when the first answer was lost. */
  async hoverAtCursor(text) {
    const hover = this.#page.locator('.monaco-hover:not(.hidden)').filter({ hasText: text }).first();
    for (let i = 0; i < 5; i++) {
      await this.press('Control+K', 'Control+I');
      if (await appears(hover)) return hover.textContent();
    }
    throw new Error(`no hover says "${text}"`);
  }

  /** Opens the Problems panel and waits for a message in it. */
  async problem(message) {
    await this.#page.locator('.markers-panel').getByText(message).first().waitFor(patience);
  }

  /**
   * Opens the quick fixes at the cursor and waits until one is the chosen one; `Enter` then applies it. With the keyboard, since
   * an invisible layer eats clicks until the mouse has moved. Asked again when the first answer was lost.
   */
  async chooseFix(title) {
    const row = this.#page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first();
    for (let i = 0; ; i++) {
      await this.press('Control+.');
      if (await appears(row)) break;
      if (i === 4) throw new Error(`no quick fix "${title}"`);
      await this.press('Escape');
    }
    const chosen = this.#page.locator('.action-widget .monaco-list-row.focused', { hasText: title });
    for (let i = 0; i < 10 && !(await chosen.isVisible()); i++) await this.press('ArrowDown');
    await chosen.waitFor(patience);
  }

  /** Opens a file that holds nothing, `folder/name`. */
  async openEmpty(name) {
    await this.type('Control+P', name);
    const [folder = '', file = ''] = name.split('/');
    await this.#page.locator('.quick-input-list .monaco-list-row.focused', { hasText: file }).filter({ hasText: folder }).waitFor(patience);
    await this.press('Enter');
    await this.#page.locator('.monaco-breadcrumbs', { hasText: folder }).waitFor(patience);
  }

  /** Asks for proposals until one is there: the first answer may be lost while the editor still opens. */
  async proposes(label) {
    const row = this.#page.locator('.suggest-widget.visible .monaco-list-row', { hasText: label }).first();
    for (let i = 0; i < 5; i++) {
      await this.press('Control+Space');
      if (await appears(row)) return;
      await this.press('Escape');
    }
    throw new Error(`"${label}" is not proposed`);
  }

  /** Types the beginning of something and takes the proposal. */
  async complete(typed, label) {
    await this.#page.keyboard.type(typed, { delay: 30 });
    await this.chooseProposal(label);
  }

  /** Takes a proposal by its exact name, with the arrows; asks for proposals where none are shown. */
  async chooseProposal(label) {
    const exact = new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
    const named = this.#page
      .locator('.suggest-widget.visible .monaco-list-row')
      .filter({ has: this.#page.locator('.label-name', { hasText: exact }) });
    if (!(await appears(named.first()))) {
      await this.press('Escape', 'Control+Space');
      await named.first().waitFor(patience);
    }
    const chosen = this.#page
      .locator('.suggest-widget.visible .monaco-list-row.focused')
      .filter({ has: this.#page.locator('.label-name', { hasText: exact }) });
    for (let i = 0; i < 20 && !(await chosen.isVisible()); i++) await this.press('ArrowDown');
    await chosen.waitFor(patience);
    await this.press('Enter');
    await this.#page.locator('.suggest-widget.visible').waitFor({ ...patience, state: 'hidden' });
  }

  /** Writes into the places of a snippet, one after the other. */
  async fillIn(...texts) {
    const proposals = this.#page.locator('.suggest-widget.visible').first();
    for (const text of texts) {
      await this.#page.keyboard.type(text, { delay: 30 });
      // With proposals open, Tab would take one of them and stay where it is; without, Escape would end the filling in. They may come
      // late by themselves, and at once when they are asked for: then there are some, or a word that there are none.
      for (let i = 0; i < 5; i++) {
        await this.press('Control+Space');
        if (await appears(proposals)) break;
      }
      await this.press('Escape');
      await proposals.waitFor({ ...patience, state: 'hidden' });
      await this.press('Tab');
    }
  }

  /** A page of ours: it is a page in a page in the page. */
  get webview() {
    return this.#page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** What a modal dialog asks; the workbench waits for the answer. */
  get dialog() {
    return this.#page.locator('.monaco-dialog-box');
  }

  /** Waits for a message of the workbench. */
  async isTold(text) {
    await this.#page.getByText(text).first().waitFor(patience);
  }

  /** Waits until nothing is underlined as an error or a warning any more. */
  async calm() {
    for (const severity of ['error', 'warning']) {
      await this.editor
        .locator(`.squiggly-${severity}`)
        .first()
        .waitFor({ ...patience, state: 'detached' });
    }
  }
}
