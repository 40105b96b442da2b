// Credentials look fine by themselves; whether they open a door is written in the operator and account JWTs of the server.
import { defineRule } from '../../../lint/rule.ts';
import type { BrokenLink } from '../../../nats-auth/trust.ts';
import { nameOf } from '../../../text/file-id.ts';
import { heldCredentials, refusalOf, reportRefusal, trustingServers } from '../../nats-trust.ts';
import type { WorkspaceView } from '../../view.ts';

/** What the JWT shows by itself, or what the account's expiry does, is for other rules. */
const elsewhere: readonly BrokenLink['kind'][] = ['expired', 'not-yet-valid', 'claims', 'account-expired'];

export default defineRule<WorkspaceView>({
  id: 'creds/not-accepted',
  severity: 'error',
  since: '0.1.0',
  *check(view, { now }) {
    const servers = trustingServers(view);
    if (servers.length === 0) return;
    for (const credentials of heldCredentials(view)) {
      const refusal = refusalOf(credentials.user, servers, now);
      const link = refusal?.broken.find(({ kind }) => !elsewhere.includes(kind));
      if (!refusal || !link) continue;
      const server = nameOf(refusal.server.conf.file);
      yield reportRefusal(credentials, refusal, `${link.why}, so the server of ${server} refuses these credentials. ${link.advice}.`);
    }
  },
});
