// New NATS key pairs. They are made in the client, so that no seed ever travels between client and server, where a trace could show it.
import { createAccount, createCluster, createCurve, createOperator, createServer, createUser } from '@nats-io/nkeys';

export interface NkeyPair {
  readonly publicKey: string;
  /** A secret: for the file or clipboard that the person chose, and for nothing else. */
  readonly seed: string;
}

const makers = {
  user: createUser,
  account: createAccount,
  operator: createOperator,
  server: createServer,
  cluster: createCluster,
  curve: createCurve,
};
export type NkeyRole = keyof typeof makers;
export const nkeyRoles = Object.keys(makers) as readonly NkeyRole[];

/** A key pair from the random numbers of the system. */
export function makeNkeyPair(role: NkeyRole): NkeyPair {
  const pair = makers[role]();
  const made = { publicKey: pair.getPublicKey(), seed: new TextDecoder().decode(pair.getSeed()) };
  pair.clear();
  return made;
}
