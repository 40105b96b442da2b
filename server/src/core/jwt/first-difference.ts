// Where two issuers or audiences part, for a person: they are compared letter for letter, and the usual mistakes are hard to see.

/** Characters that two texts begin with alike. */
function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/** What a token holds against what is expected, in words without a full stop: a missing slash at the end is the usual one. */
export function firstDifference(is: string, expected: string): string {
  if (`${is}/` === expected) return 'the slash at the end is missing in the token';
  if (is === `${expected}/`) return 'the token has a slash at the end that is not expected';
  const at = commonStart(is, expected);
  if (at === is.length) return `the token's ends after ${at} characters, where "${expected.slice(at, at + 12)}" is expected to follow`;
  if (at === expected.length) return `the token's goes on with "${is.slice(at, at + 12)}" after character ${at}`;
  if (at === 0) return 'they differ from the first character on';
  return `they differ from character ${at + 1} on, "${is.slice(at, at + 12)}" instead of "${expected.slice(at, at + 12)}"`;
}

/** The expected value that a given one comes closest to. `expected` is not empty. */
export function closest(is: string, expected: readonly string[]): string {
  return expected.reduce((best, one) => (commonStart(is, one) > commonStart(is, best) ? one : best));
}
