// The part of node:assert/strict that these tests use, for hosts without node.
class AssertionError extends Error {
  override name = 'AssertionError';
}

function fail(message: string | undefined, otherwise: string): never {
  throw new AssertionError(message ?? otherwise);
}

const show = (value: unknown): string => JSON.stringify(value, null, 2) ?? String(value);

function ok(value: unknown, message?: string): asserts value {
  if (!value) fail(message, `${show(value)} is not truthy`);
}

function equal(actual: unknown, expected: unknown, message?: string): void {
  if (!Object.is(actual, expected)) fail(message, `${show(actual)}\nshould be\n${show(expected)}`);
}

function notEqual(actual: unknown, unwanted: unknown, message?: string): void {
  if (Object.is(actual, unwanted)) fail(message, `${show(actual)} should be something else`);
}

/** Enough for plain data. */
function deepEqual(actual: unknown, expected: unknown, message?: string): void {
  if (show(actual) !== show(expected)) fail(message, `${show(actual)}\nshould be\n${show(expected)}`);
}

function match(actual: string, expected: RegExp, message?: string): void {
  if (!expected.test(actual)) fail(message, `${show(actual)}\nshould match ${expected}`);
}

function doesNotMatch(actual: string, expected: RegExp, message?: string): void {
  if (expected.test(actual)) fail(message, `${show(actual)}\nshould not match ${expected}`);
}

export default { ok, equal, notEqual, deepEqual, match, doesNotMatch };
