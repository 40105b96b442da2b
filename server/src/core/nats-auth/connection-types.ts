// The ways to connect that a user's JWT may be limited to. nats-server passes over what it does not know, and refuses who has nothing else.
import { valuesOf } from '../facts/nats-values.ts';

const known = new Set((valuesOf('connection-type') ?? []).map(({ name }) => name));

/** `none`: every type is one that servers know, or there is no limit. */
export function unknownConnectionTypes(types: readonly string[] = []): 'none' | 'some' | 'all' {
  const unknown = types.filter(type => !known.has(type.toUpperCase()));
  if (unknown.length === 0) return 'none';
  return unknown.length < types.length ? 'some' : 'all';
}
