// The elliptic curves of ES256 and ES384.
import table from './jwt-curves.json';

/** y² = x³ - 3x + b modulo `prime`; `x` and `y` are the point that generates the group of `order`. */
export interface Curve {
  readonly name: string;
  /** Bytes of the object identifier, in hexadecimal. */
  readonly oid: string;
  readonly prime: bigint;
  readonly b: bigint;
  readonly order: bigint;
  readonly x: bigint;
  readonly y: bigint;
}

const hex = (digits: string) => BigInt(`0x${digits}`);

export const curves: readonly Curve[] = table.curves.map(({ name, oid, prime, b, order, x, y }) => ({
  ...{ name, oid, prime: hex(prime), b: hex(b), order: hex(order), x: hex(x), y: hex(y) },
}));
