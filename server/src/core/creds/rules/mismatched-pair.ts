// The server asks the client to sign with the key that the JWT is about. With another seed it cannot.
import { mildness } from '../../jwt/file-kind.ts';
import { defineRule } from '../../lint/rule.ts';
import { publicKeyOf } from '../../nats-auth/nkey.ts';
import { type CredsModel, userOf } from '../model.ts';

export default defineRule<CredsModel>({
  id: 'creds/mismatched-pair',
  severity: 'error',
  since: '0.1.0',
  *check(model) {
    const user = userOf(model);
    // Another kind of seed is another mistake.
    const seed = model.secrets.find(({ key }) => key.kind === 'seed' && key.role === 'user');
    if (!user || !seed) return;
    const key = publicKeyOf(model.text.slice(seed.span.start, seed.span.end));
    if (key === undefined || key === user.standard.sub) return;
    const isBearer = user.nats.bearer_token === true;
    yield {
      span: seed.span,
      ...(isBearer ? { severity: 'warning' } : {}),
      ...mildness(model),
      message: `This seed does not belong to the user JWT above it${isBearer ? ', which nobody notices as long as that is a bearer token' : ', so nats-server refuses every login with these credentials'}. Its public key is ${key}; take JWT and seed from the same file of nsc.`,
    };
  },
});
