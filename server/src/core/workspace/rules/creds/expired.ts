// Credentials end with their account: the user's JWT may be valid for years, and the server refuses the login all the same.
import { type CredsModel, userOf } from '../../../creds/index.ts';
import { isForShow } from '../../../jwt/file-kind.ts';
import { relativeTime, utcTime } from '../../../jwt/times.ts';
import { defineRule } from '../../../lint/rule.ts';
import { decodeNatsJwt } from '../../../nats-auth/decode.ts';
import { nameOf } from '../../../text/file-id.ts';
import { refusalOf, trustingServers } from '../../nats-trust.ts';
import { summariesOf, type WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'creds/expired',
  severity: 'error',
  since: '0.1.0',
  *check(view, { now, recheckAt }) {
    const servers = trustingServers(view);
    if (servers.length === 0) return;
    for (const { file, summary: model } of summariesOf<CredsModel>(view, 'creds')) {
      const user = userOf(model);
      if (!user || !model.jwt) continue;
      const key = user.nats.issuer_account || (user.standard.iss ?? '');
      for (const { trust } of servers) {
        const account = decodeNatsJwt(trust.accounts[key] ?? '');
        if ('claims' in account && account.claims.standard.exp) recheckAt((account.claims.standard.exp + 1) * 1000);
      }
      const refusal = refusalOf(user, servers, now);
      if (!refusal?.broken.some(({ kind }) => kind === 'account-expired')) continue;
      const account = decodeNatsJwt(refusal.server.trust.accounts[key] ?? '');
      const exp = 'claims' in account ? (account.claims.standard.exp ?? 0) : 0;
      yield {
        file,
        span: model.jwt.span,
        ...(isForShow(model.fileKind) ? { severity: 'information' } : refusal.server.trust.isOpen ? { severity: 'warning' } : {}),
        message: `The account of this user expired ${relativeTime(exp, now)} (${utcTime(exp) ?? 'at an impossible time'}), so the server of ${nameOf(refusal.server.conf.file)} refuses these credentials. Issue the account again with \`nsc edit account\`; the credentials may stay.`,
        related: refusal.account ? [{ ...refusal.account, message: 'The account of this user is here.' }] : [],
      };
    }
  },
});
