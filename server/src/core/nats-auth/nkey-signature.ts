// Checks a signature by the public nkey that a NATS JWT names as its issuer.
import { fromPublic } from '@nats-io/nkeys';

/** Whether the owner of `publicKey` signed `data`. False also for a key that is none. Takes milliseconds: on request only. */
export function verifyNkeySignature(publicKey: string, data: Uint8Array, signature: Uint8Array): boolean {
  try {
    return fromPublic(publicKey).verify(data, signature);
  } catch {
    return false;
  }
}
