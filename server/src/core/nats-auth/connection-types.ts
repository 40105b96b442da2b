// The ways to connect that a user's JWT may be limited to. nats-server passes over what it does not know, and refuses who has nothing else.
import type { Release } from '../facts/nats-release.ts';
import { knows, valuesOf } from '../facts/nats-values.ts';

const known = valuesOf('connection-type') ?? [];

/** `none`: every type is one that servers of the version know, or there is no limit. */
export function unknownConnectionTypes(types: readonly string[] = [], version: Release): 'none' | 'some' | 'all' {
  const unknown = types.filter(type => !known.some(one => one.name === type.toUpperCase() && knows(version, one)));
  if (unknown.length === 0) return 'none';
  return unknown.length < types.length ? 'some' : 'all';
}
