// HMAC-SHA-256 (RFC 2104, FIPS 180-4) of one text by many keys. A library hashes for each key anew what is the same for all of them: here the
// text is spread over the rounds once, and a try runs through these alone, which takes a third of the time. It only compares; nothing is signed.

const primes = Array.from({ length: 310 }, (_, i) => i + 2).filter((n, i, all) => !all.slice(0, i).some(divisor => n % divisor === 0));
/** The first bits behind the point of the roots of the first primes. */
const fraction = (root: number) => Math.floor((root % 1) * 2 ** 32);
const start = Int32Array.from(primes.slice(0, 8), prime => fraction(Math.sqrt(prime)));
const roundConstants = Int32Array.from(primes.slice(0, 64), prime => fraction(Math.cbrt(prime)));

const blockBytes = 64;
const hashBytes = 32;
const stateWords = 8;

/** A text of whole blocks as the rounds take it in, 64 numbers for each. */
type Spread = Int32Array;

/** What a text, followed by its padding, adds to each round, where one block was hashed before it. */
function spreadOut(text: Uint8Array): Spread {
  const blocks = Math.ceil((text.length + 9) / blockBytes);
  const padded = new Uint8Array(blocks * blockBytes);
  padded.set(text);
  padded[text.length] = 0x80;
  new DataView(padded.buffer).setUint32(padded.length - 4, (blockBytes + text.length) * 8);
  return spreadBlocks(padded);
}

function spreadBlocks(bytes: Uint8Array): Spread {
  const spread = new Int32Array(bytes.length);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length; at += blockBytes) {
    for (let i = 0; i < 16; i++) spread[at + i] = view.getInt32(at + i * 4);
    spreadBlock(spread, at);
  }
  return spread;
}

/** From the 16 words of a block at `at`, those that follow from them, and a constant for each round. */
function spreadBlock(spread: Spread, at: number): void {
  for (let i = at + 16; i < at + 64; i++) {
    const far = spread[i - 15] as number;
    const near = spread[i - 2] as number;
    const s0 = ((far >>> 7) | (far << 25)) ^ ((far >>> 18) | (far << 14)) ^ (far >>> 3);
    const s1 = ((near >>> 17) | (near << 15)) ^ ((near >>> 19) | (near << 13)) ^ (near >>> 10);
    spread[i] = ((spread[i - 16] as number) + s0 + (spread[i - 7] as number) + s1) | 0;
  }
  for (let i = 0; i < 64; i++) spread[at + i] = ((spread[at + i] as number) + (roundConstants[i] as number)) | 0;
}

/** Runs a state, 8 numbers from `from` on, through a text, into the first 8 of `state`. */
function hash(from: Int32Array, at: number, spread: Spread, state: Int32Array): void {
  for (let i = 0; i < stateWords; i++) state[i] = from[at + i] as number;
  for (let block = 0; block < spread.length; block += 64) {
    let a = state[0] as number;
    let b = state[1] as number;
    let c = state[2] as number;
    let d = state[3] as number;
    let e = state[4] as number;
    let f = state[5] as number;
    let g = state[6] as number;
    let h = state[7] as number;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (spread[block + i] as number)) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state[0] = (state[0] as number) + a;
    state[1] = (state[1] as number) + b;
    state[2] = (state[2] as number) + c;
    state[3] = (state[3] as number) + d;
    state[4] = (state[4] as number) + e;
    state[5] = (state[5] as number) + f;
    state[6] = (state[6] as number) + g;
    state[7] = (state[7] as number) + h;
  }
}

/** Keys of 64 bytes at most as they begin to hash: 16 numbers for each, those of the inner hash and those of the outer one. */
export function beginHmacs(keys: readonly Uint8Array[]): Int32Array {
  const begun = new Int32Array(keys.length * 2 * stateWords);
  keys.forEach((key, k) => {
    for (const [half, pad] of [0x36, 0x5c].entries()) {
      const block = new Uint8Array(blockBytes);
      block.set(key);
      const at = (2 * k + half) * stateWords;
      hash(start, 0, spreadBlocks(block.map(byte => byte ^ pad)), begun.subarray(at, at + stateWords));
    }
  });
  return begun;
}

/** Indices of the keys, begun by `beginHmacs`, whose HMAC of a text is `signature`. */
export function keysThatSigned(begun: Int32Array, text: Uint8Array, signature: Uint8Array): number[] {
  const spread = spreadOut(text);
  const wanted = new DataView(signature.buffer, signature.byteOffset);
  const state = new Int32Array(stateWords);
  const outer = new Int32Array(blockBytes);
  const found: number[] = [];
  for (let at = 0; at < begun.length; at += 2 * stateWords) {
    hash(begun, at, spread, state);
    outer.fill(0, stateWords);
    outer.set(state);
    // The padding of two blocks, the second of which is half full.
    outer[stateWords] = 0x80000000;
    outer[15] = (blockBytes + hashBytes) * 8;
    spreadBlock(outer, 0);
    hash(begun, at + stateWords, outer, state);
    if (state.every((value, i) => value === wanted.getInt32(i * 4))) found.push(at / 2 / stateWords);
  }
  return found;
}
