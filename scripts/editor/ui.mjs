// A person's hands and eyes on the workbench: opening files, hovering, choosing a quick fix, all as somebody would do it.
import { appears, becomes, Keyboard, patience } from './keyboard.mjs';

export class Workbench extends Keyboard {
  get editor() {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Waits until what is typed goes into the text of the active editor: the cursor blinks there. */
  async inEditor() {
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor(patience);
  }

  /** Opens the first file, with the mouse: files are listed long before the workbench can search for one. */
  async openFirst(name, text) {
    await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first().dblclick({ timeout: 120_000 });
    await this.sees(text);
    await this.inEditor();
  }

  /** Opens a file of the workspace by its name, with the keyboard. */
  async open(name, text) {
    await this.choose('Control+P', name, this.chosenRow(name));
    await this.sees(text);
    await this.inEditor();
  }

  /** Closes a page by its own button: a key is swallowed, or comes late and closes the next page, where this one still loads. */
  async closePage(name) {
    const tab = this.page.locator('.tab', { hasText: name });
    await tab.getByRole('button', { name: 'Close' }).click();
    await tab.waitFor({ ...patience, state: 'detached' });
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

  /** Puts the cursor at a place, both numbers 1-based. */
  async goTo(line, column) {
    const place = `:${line}:${column}`;
    await this.type('Control+G', place);
    await this.accept(place);
    await this.inEditor();
    await this.page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor(patience);
  }

  /** Waits for an underlined place of a severity: `error`, `warning`, `info` or `hint`. */
  async squiggle(severity) {
    await this.editor.locator(`.squiggly-${severity}`).first().waitFor(patience);
  }

  /** Moves the mouse over a word of the active editor and returns the hover's text, once that says `text`. */
  async hover(word, text) {
    const { mouse } = this.page;
    const place = this.editor.locator('.view-line span span', { hasText: word }).first();
    const hover = this.page.locator('.monaco-hover:not(.hidden)').filter({ hasText: text }).first();
    await this.until(
      `the mouse over ${word} shows "${text}"`,
      async () => {
        const box = await this.#boxOf(place);
        // In steps, as a hand moves: a jump is not noticed.
        await mouse.move(box.x + box.width / 2 + 100, box.y + 60);
        await mouse.move(box.x + Math.min(box.width / 2, 60), box.y + box.height / 2, { steps: 5 });
      },
      timeout => appears(hover, timeout),
    );
    return hover.textContent();
  }

  /** Where something is on the screen: the editor may draw its line anew between waiting and looking. */
  async #boxOf(place) {
    let box;
    const isThere = async () => {
      box = await place.boundingBox(patience);
      return box !== null;
    };
    if (!(await becomes(isThere, patience.timeout))) throw new Error('what the mouse should go to is not in sight');
    return box;
  }

  /** Shows what the editor has to say at the cursor, with the keyboard. */
  async hoverAtCursor(text) {
    const hover = this.page.locator('.monaco-hover:not(.hidden)').filter({ hasText: text }).first();
    await this.until(
      `Control+K Control+I shows "${text}"`,
      () => this.press('Control+K', 'Control+I'),
      timeout => appears(hover, timeout),
    );
    return hover.textContent();
  }

  /** Clicks on a link of the hover over a word, until its `effect` comes into sight: the hover may fade before the hand is there. */
  async clickInHover(word, link, effect) {
    let isClicked = false;
    await this.until(
      `a click on ${link} in a hover`,
      async () => {
        await this.hover(word, link);
        const target = this.page.locator('.monaco-hover:not(.hidden) a', { hasText: link }).first();
        isClicked = await target.click({ timeout: 20_000 }).then(
          () => true,
          () => false,
        );
      },
      // Hovering again once the click has come through would look for the word on the page that it opens.
      timeout => appears(effect, isClicked ? patience.timeout : timeout),
    );
  }

  /** Opens the Problems panel and waits for a message in it. */
  async problem(message) {
    await this.page.locator('.markers-panel').getByText(message).first().waitFor(patience);
  }

  /**
   * Opens the quick fixes at the cursor and waits until one is the chosen one; `Enter` then applies it. With the keyboard, since
   * an invisible layer eats clicks until the mouse has moved.
   */
  async chooseFix(title) {
    const row = this.page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first();
    await this.until(
      `Control+. offers ${title}`,
      async failed => {
        if (failed > 0) await this.press('Escape');
        await this.press('Control+.');
      },
      timeout => appears(row, timeout),
    );
    await this.#goDownTo(this.page.locator('.action-widget .monaco-list-row.focused', { hasText: title }));
  }

  /** Goes down in an open list, step by step, until a row of it is the chosen one. */
  async #goDownTo(chosen) {
    for (let i = 0; i < 20 && !(await appears(chosen, 500)); i++) await this.press('ArrowDown');
    await chosen.waitFor(patience);
  }

  /** Opens a file that holds nothing, `folder/name`. */
  async openEmpty(name) {
    const [folder = '', file = ''] = name.split('/');
    await this.choose('Control+P', name, this.chosenRow(file).filter({ hasText: folder }));
    await this.page.locator('.monaco-breadcrumbs', { hasText: folder }).waitFor(patience);
    await this.inEditor();
  }

  get #proposals() {
    return this.page.locator('.suggest-widget.visible').first();
  }

  /** Asks for proposals and waits for one of them. */
  async proposes(label) {
    const row = this.#proposals.locator('.monaco-list-row', { hasText: label }).first();
    await this.until(
      `Control+Space proposes ${label}`,
      async failed => {
        if (failed > 0) await this.press('Escape');
        await this.press('Control+Space');
      },
      timeout => appears(row, timeout),
    );
  }

  /** Types the beginning of something and takes the proposal. */
  async complete(typed, label) {
    await this.page.keyboard.type(typed, { delay: 30 });
    await this.chooseProposal(label);
  }

  /** Takes a proposal by its exact name, with the arrows; asks for proposals where none are shown. */
  async chooseProposal(label) {
    const exact = new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
    const named = { has: this.page.locator('.label-name', { hasText: exact }) };
    const row = this.#proposals.locator('.monaco-list-row').filter(named).first();
    await this.until(
      `${label} is proposed`,
      async failed => {
        if (failed > 0) await this.press('Escape', 'Control+Space');
      },
      timeout => appears(row, timeout),
    );
    await this.#goDownTo(this.#proposals.locator('.monaco-list-row.focused').filter(named));
    await this.press('Enter');
    await this.#proposals.waitFor({ ...patience, state: 'hidden' });
  }

  /** Writes into the places of a snippet, one after the other. */
  async fillIn(...texts) {
    const proposals = this.#proposals;
    for (const text of texts) {
      await this.page.keyboard.type(text, { delay: 30 });
      // With proposals open, Tab would take one of them and stay where it is; without, Escape would end the filling in. They may come
      // late by themselves, and at once when they are asked for: then there are some, or a word that there are none.
      await this.until(
        `Control+Space shows proposals, or that there are none, after ${text}`,
        () => this.press('Control+Space'),
        timeout => appears(proposals, timeout),
      );
      await this.press('Escape');
      await proposals.waitFor({ ...patience, state: 'hidden' });
      await this.press('Tab');
    }
  }

  /** The page of ours that is in sight: it is a page in a page in the page. */
  get webview() {
    return this.page.locator('iframe.webview.ready:visible').last().contentFrame().frameLocator('#active-frame');
  }

  /** Waits for a modal dialog that asks something, and for its button that the keyboard is at. */
  async isAsked(question) {
    const dialog = this.page.locator('.monaco-dialog-box', { hasText: question });
    await dialog.locator('.monaco-button:focus').waitFor(patience);
    return dialog;
  }

  /** Presses a key until what it closes has gone. */
  async dismiss(what, key) {
    await this.until(
      `${key} closes what is open`,
      () => this.press(key),
      timeout => appears(what, timeout, 'detached'),
    );
  }

  /** Waits for a message of the workbench. */
  async isTold(text) {
    await this.page.getByText(text).first().waitFor(patience);
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
