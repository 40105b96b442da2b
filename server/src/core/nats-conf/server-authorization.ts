// `authorization` between servers (cluster and gateway) knows only one user with a password; both rules share what is refused.
import { type Block, blockOf, isGiven, type Setting, settingOf } from './blocks.ts';

/** Settings in the `authorization` of a cluster or gateway that nats-server refuses there, and why in words. */
export function refusedBetweenServers(owner: Block): readonly { readonly setting: Setting; readonly because: string }[] {
  const block = blockOf(owner, 'authorization');
  const [users, token, callout] = ['users', 'token', 'auth_callout'].map(key => settingOf(block, key));
  const refused: { setting: Setting; because: string }[] = [];
  if (users && (users.value.kind === 'array' || users.value.kind === 'unknown')) {
    refused.push({ setting: users, because: 'servers log in to each other with one user and password and take no list of users' });
  }
  if (isGiven(token)) refused.push({ setting: token, because: 'servers log in to each other with a user and password and take no token' });
  if (callout?.available && callout.value.kind === 'map') {
    refused.push({ setting: callout, because: 'servers log in to each other without a callout' });
  }
  return refused;
}
