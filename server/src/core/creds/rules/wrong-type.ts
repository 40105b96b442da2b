// Clients log in as users. A JWT or seed of an account or operator in their place is refused, and says that a much stronger key is in the wrong hands.
import { mildness } from '../../jwt/file-kind.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { type NkeyRole, withArticle } from '../../nats-auth/nkey.ts';
import { kindInWords } from '../../nats-auth/problem.ts';
import type { CredsModel } from '../model.ts';

export default defineRule<CredsModel>({
  id: 'creds/wrong-type',
  severity: 'error',
  since: '0.1.0',
  *check(model) {
    const { jwt, secrets, parts, text } = model;
    const seed = secrets.find(({ key }) => key.kind === 'seed');
    const kind = jwt?.claims?.kind;
    // A JWT and a seed together are what a client logs in with.
    if (jwt && kind && seed && kind !== 'user') {
      yield {
        span: jwt.span,
        message: `Clients log in with the JWT of a user, and this is one of ${withArticle(kindInWords(kind))}, so nats-server refuses these credentials. Write them by \`nsc generate creds\`.`,
        ...mildness(model),
      };
    }
    if (jwt && seed?.key.role && seed.key.role !== 'user') {
      yield {
        span: seed.span,
        message: `Clients log in with the seed of a user, and this is the seed of ${withArticle(seed.key.role)}, with which everything below it can be forged, so nats-server refuses these credentials. Write them by \`nsc generate creds\`, and replace this key if the file was shared.`,
        ...mildness(model),
      };
    }
    for (const { label, content } of parts) {
      const words = text.slice(label.start, label.end).toUpperCase();
      const inside = secrets.find(({ span }) => span.start >= content.start && span.end <= content.end);
      const promised = /^(\w+) NKEY SEED$/.exec(words)?.[1]?.toLowerCase();
      if (!jwt && promised && inside?.key.role && inside.key.role !== promised) yield labelReport(label, words, inside.key.role, model);
    }
  },
});

/** What the lines say matters to people only: clients look at the seed itself. */
function labelReport(span: Report['span'], words: string, role: NkeyRole, model: CredsModel): Report {
  return {
    span,
    severity: 'warning',
    ...mildness(model),
    message: `This line says ${words}, and below it stands the seed of ${withArticle(role)}, which somebody may hand on for what it is not. Write ${role.toUpperCase()} NKEY SEED.`,
  };
}
