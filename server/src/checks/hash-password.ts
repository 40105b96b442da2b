// Hashes of passwords as nats-server compares them. Slow on purpose, and different each time, so that the core cannot do it.
import { hash } from 'bcryptjs';

/** Cost of `nats server passwd`: about a tenth of a second for each guess. */
const cost = 11;

/** The bcrypt hash of a password, with a new salt. bcrypt ignores what is beyond 72 bytes. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}
