// Credentials look fine by themselves; whether they open a door is written in the operator and account JWTs of the server.
import { type CredsModel, userOf } from '../../../creds/index.ts';
import { isForShow } from '../../../jwt/file-kind.ts';
import { defineRule } from '../../../lint/rule.ts';
import type { BrokenLink } from '../../../nats-auth/trust.ts';
import { nameOf } from '../../../text/file-id.ts';
import { refusalOf, trustingServers } from '../../nats-trust.ts';
import { summariesOf, type WorkspaceView } from '../../view.ts';

/** What the JWT shows by itself, or what the account's expiry does, is for other rules. */
const elsewhere: readonly BrokenLink['kind'][] = ['expired', 'not-yet-valid', 'claims', 'account-expired'];

export default defineRule<WorkspaceView>({
  id: 'creds/not-accepted',
  severity: 'error',
  since: '0.1.0',
  *check(view, { now }) {
    const servers = trustingServers(view);
    if (servers.length === 0) return;
    for (const { file, summary: model } of summariesOf<CredsModel>(view, 'creds')) {
      const user = userOf(model);
      const refusal = user && model.jwt && refusalOf(user, servers, now);
      const link = refusal?.broken.find(({ kind }) => !elsewhere.includes(kind));
      if (!refusal || !link || !model.jwt) continue;
      const { conf, trust } = refusal.server;
      yield {
        file,
        span: model.jwt.span,
        // A resolver may hold a newer JWT of the account than the one that is here.
        ...(isForShow(model.fileKind) ? { severity: 'information' } : trust.isOpen ? { severity: 'warning' } : {}),
        message: `${link.why}, so the server of ${nameOf(conf.file)} refuses these credentials. ${link.advice}.`,
        related: refusal.account ? [{ ...refusal.account, message: 'The account of this user is here.' }] : [],
      };
    }
  },
});
