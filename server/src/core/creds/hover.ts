// A seed as a person may see it: what it is, and the public key that belongs to it. Never the seed.
import type { Hover } from '../language.ts';
import { publicKeyOf } from '../nats-auth/nkey.ts';
import { touches } from '../text/span.ts';
import type { CredsModel } from './model.ts';

const powers = {
  operator: 'sign accounts, and so make any account and any user',
  account: 'sign users of the account with any permission',
  user: 'log in as this user',
  server: 'sign in the name of the server',
  cluster: 'sign in the name of the cluster',
  curve: 'read what was sealed for it',
} as const;

export function hoverAt({ secrets, text }: CredsModel, offset: number): Hover | undefined {
  const secret = secrets.find(({ span }) => touches(span, offset));
  if (!secret) return undefined;
  const { key, span } = secret;
  if (!key.role) return { span, markdown: '**NATS private key** · SECRET\n\nWhoever reads it can sign in the name of its owner.' };
  const publicKey = publicKeyOf(text.slice(span.start, span.end));
  const lines = [
    `**NATS ${key.role} seed** · SECRET`,
    ...(publicKey ? [`Public key: \`${publicKey}\``] : []),
    `Whoever reads the seed can ${powers[key.role]}. Only the public key may be shown.`,
  ];
  return { span, markdown: lines.join('\n\n') };
}
