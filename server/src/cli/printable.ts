// Names and messages may quote a file, and a file may hold anything: what reaches a terminal must not steer it.

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
const steering = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;

/** The text with control, invisible and direction-changing characters written as `\u{1b}`; tabs and newlines stay. */
export function printable(text: string): string {
  return text.replace(steering, character => `\\u{${(character.codePointAt(0) as number).toString(16)}}`);
}

/** As `printable`, on one line. */
export function printableLine(text: string): string {
  return printable(text.replaceAll(/\r\n?|\n/g, '⏎').replaceAll('\t', ' '));
}

const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

/** Columns that one character (a code point) takes on a terminal. */
export function widthOf(character: string): number {
  if (character < '\u0300') return 1;
  if (/\p{Mn}|\p{Me}/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
