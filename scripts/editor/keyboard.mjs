// A person at the keyboard of the workbench: presses a key until it has its effect, and takes things from the lists that keys open.

/** What is sure to come may take its time: a busy machine is slow, and waiting costs nothing where it is not. */
export const patience = { timeout: 90_000 };

/** Milliseconds that are waited for the effect of each attempt: what is done again must not be done twice on a machine that is late. */
const attempts = [5_000, 10_000, 20_000, 25_000];

/** Whether something comes into sight within so many milliseconds, or goes where `state` says so. */
export const appears = (locator, timeout, state = 'visible') =>
  locator.waitFor({ timeout, state }).then(
    () => true,
    () => false,
  );

/** Whether an answer becomes true within so many milliseconds. */
export async function becomes(ask, timeout) {
  const deadline = Date.now() + timeout;
  while (!(await ask())) {
    if (Date.now() > deadline) return false;
    await new Promise(done => setTimeout(done, 50));
  }
  return true;
}

export class Keyboard {
  #page;
  #say;

  /** `say` is told what had to be done more than once. */
  constructor(page, say = () => {}) {
    this.#page = page;
    this.#say = say;
  }

  get page() {
    return this.#page;
  }

  /**
   * Does something until it has its effect, as a person would who sees that nothing happened: a key that is pressed while a page, a list
   * or a widget is just coming or going is lost. `act` is told how often it has failed; `worked` how many milliseconds it may wait.
   */
  async until(what, act, worked) {
    for (const [failed, timeout] of attempts.entries()) {
      if (failed > 0) this.#say(`once more, since nothing happened: ${what}`);
      await act(failed);
      if (await worked(timeout)) return;
    }
    throw new Error(`in vain, ${attempts.length} times: ${what}`);
  }

  async press(...keys) {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  get #listInput() {
    return this.#page.locator('.quick-input-widget:not([style*="display: none"]) input').first();
  }

  /** What is written in the list that is open; undefined where none is. */
  #written() {
    return this.#listInput.evaluateAll(inputs => inputs[0]?.value);
  }

  /** The row of an open list that Enter would take, where it says `text`. */
  chosenRow(text) {
    return this.#page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text });
  }

  /** Opens a list of the workbench by its key and writes into it. */
  async type(key, text) {
    const input = this.#listInput;
    await this.until(
      `${key} opens a list`,
      () => this.press(key),
      timeout => appears(input, timeout),
    );
    await input.fill(text);
  }

  /** Opens a list by its key, writes into it, and takes the row that is chosen then. */
  async choose(key, text, row) {
    let isOffered = false;
    await this.until(
      `${key} offers ${text}`,
      async failed => {
        // In an open list of files, its key goes on to the next one.
        if (failed > 0) await this.press('Escape');
        await this.type(key, text);
        // Searching may take its time, as long as the list knows what for.
        const isSettled = async () => {
          isOffered = await row.isVisible();
          return isOffered || (await this.#written()) !== text;
        };
        await becomes(isSettled, patience.timeout);
      },
      () => isOffered,
    );
    await this.accept(text);
  }

  /** Takes what is chosen in a list into which `text` was written; another list may follow it. */
  async accept(text) {
    await this.until(
      `Enter takes ${text}`,
      () => this.press('Enter'),
      timeout => becomes(async () => (await this.#written()) !== text, timeout),
    );
  }

  /** Takes a row of an open list into which nothing was written. */
  async pick(text) {
    await this.chosenRow(text).waitFor(patience);
    await this.accept('');
  }

  /** Runs a command by its name in the palette. */
  async run(title) {
    await this.choose('F1', `>${title}`, this.chosenRow(title));
  }
}
