// A certificate and its key, so that a configuration can be judged on a machine that lacks the files it names.
// Made on the spot: nothing that looks like a private key is stored.
import { generateKeyPairSync, sign } from 'node:crypto';

function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const length =
    content.length < 0x80
      ? [content.length]
      : content.length < 0x100
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: readonly Uint8Array[]) => element(0x30, ...parts);
const integer = (...bytes: readonly number[]) => element(0x02, Buffer.from(bytes));
const identifier = (...bytes: readonly number[]) => element(0x06, Buffer.from(bytes));
const text = (tag: number, value: string) => element(tag, Buffer.from(value, 'latin1'));
const pem = (label: string, der: Buffer) =>
  `-----BEGIN ${label}-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`;

/** A self-signed certificate for `localhost` (ECDSA P-256, valid from 2020 to 2049) and its private key, PEM. */
export function makeCertificate(): { readonly certificate: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const ecdsaWithSha256 = sequence(identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const name = sequence(element(0x31, sequence(identifier(0x55, 0x04, 0x03), text(0x0c, 'localhost'))));
  const yes = element(0x01, Buffer.from([0xff]));
  const extensions = sequence(
    sequence(identifier(0x55, 0x1d, 0x13), yes, element(0x04, sequence(yes))),
    sequence(identifier(0x55, 0x1d, 0x11), element(0x04, sequence(text(0x82, 'localhost')))),
  );
  const certified = sequence(
    element(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    name,
    sequence(text(0x17, '200101000000Z'), text(0x17, '491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, extensions),
  );
  const signature = element(0x03, Buffer.from([0]), sign('sha256', certified, privateKey));
  return {
    certificate: pem('CERTIFICATE', sequence(certified, ecdsaWithSha256, signature)),
    key: pem('PRIVATE KEY', privateKey.export({ type: 'pkcs8', format: 'der' })),
  };
}
