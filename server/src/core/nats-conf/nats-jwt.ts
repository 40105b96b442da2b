// Whether nats-server would take a JWT that stands in its configuration: an operator's, or a preloaded account's. Times do not matter here.
import { type DecodeProblem, decodeNatsJwt } from '../nats-auth/decode.ts';

export type NatsJwtProblem =
  /** Not three parts of base64url with JSON in them. */
  | 'malformed'
  /** Of a version that there is not, or with a claim of the wrong type. */
  | 'unreadable'
  /** A JWT, but none of NATS. */
  | 'foreign'
  /** Of NATS, but of another kind than is wanted. */
  | 'kind'
  /** Signed by a key that may not sign it. */
  | 'issuer'
  | 'signature';

const problems: Readonly<Record<DecodeProblem, NatsJwtProblem>> = {
  size: 'malformed',
  malformed: 'malformed',
  foreign: 'foreign',
  shape: 'unreadable',
  version: 'unreadable',
  kind: 'kind',
  signature: 'signature',
  issuer: 'issuer',
};

/** What is wrong with a token that should be an operator's or an account's; undefined when the server takes it. */
export function natsJwtProblem(token: string, wanted: 'operator' | 'account'): NatsJwtProblem | undefined {
  const decoded = decodeNatsJwt(token);
  if ('problem' in decoded) return problems[decoded.problem];
  return decoded.claims.kind === wanted ? undefined : 'kind';
}
