// Credentials end with their account: the user's JWT may be valid for years, and the server refuses the login all the same.
import { relativeTime, utcTime } from '../../../jwt/times.ts';
import { defineRule } from '../../../lint/rule.ts';
import { nameOf } from '../../../text/file-id.ts';
import { accountExpiry, heldCredentials, refusalOf, reportRefusal, trustingServers } from '../../nats-trust.ts';
import type { WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'creds/expired',
  severity: 'error',
  since: '0.1.0',
  *check(view, { now, recheckAt }) {
    const servers = trustingServers(view);
    if (servers.length === 0) return;
    for (const credentials of heldCredentials(view)) {
      const { user } = credentials;
      for (const server of servers) {
        const expiry = accountExpiry(user, server);
        if (expiry) recheckAt((expiry + 1) * 1000);
      }
      const refusal = refusalOf(user, servers, now);
      if (!refusal?.broken.some(({ kind }) => kind === 'account-expired')) continue;
      const expiry = accountExpiry(user, refusal.server) ?? 0;
      yield reportRefusal(
        credentials,
        refusal,
        `The account of this user expired ${relativeTime(expiry, now)} (${utcTime(expiry) ?? 'at an impossible time'}), so the server of ${nameOf(refusal.server.conf.file)} refuses these credentials. Issue the account again with \`nsc edit account\`; the credentials may stay.`,
      );
    }
  },
});
