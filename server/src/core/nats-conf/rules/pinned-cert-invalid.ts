// Pinned certificates are named by a SHA-256 in hexadecimal; tools print it in other ways too, which nats-server refuses.
import { defineRule } from '../../lint/rule.ts';
import { type NatsConf, settingsNamed } from '../model.ts';
import { quoted } from '../source-edits.ts';
import { stringsIn } from '../strings.ts';

export default defineRule<NatsConf>({
  id: 'nats/pinned-cert-invalid',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    for (const setting of settingsNamed(conf, 'tls.pinned_certs')) {
      for (const value of stringsIn(setting.value)) {
        const text = value.value;
        if (/^[A-Fa-f0-9]{64}$/.test(text)) continue;
        const plain = text.replace(/^sha-?256[:=/]/i, '').replace(/[\s:]/g, '');
        const fixable = /^[A-Fa-f0-9]{64}$/.test(plain);
        const { file, span } = value.origin;
        yield {
          ...value.at,
          message: `A pinned certificate is the SHA-256 of its public key as 64 hexadecimal digits, which this is not; nats-server refuses the configuration. ${
            fixable
              ? 'Write the digits alone.'
              : 'Print it with `openssl x509 -noout -pubkey -in CERT | openssl pkey -pubin -outform DER | openssl dgst -sha256 -hex`.'
          }`,
          ...(fixable
            ? { fix: { title: 'Write the digits alone', safety: 'safe' as const, edits: () => [{ file, span, newText: quoted(plain) }] } }
            : {}),
        };
      }
    }
  },
});
