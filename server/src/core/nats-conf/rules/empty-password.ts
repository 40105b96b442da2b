// A user without a password logs in with none: the name is all that is asked for.
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { type Block, isGiven, mayHold, type Setting, settingOf } from '../blocks.ts';
import { byPart } from '../by-part.ts';
import { certificateNamesUser } from '../client-access.ts';
import { variableWord } from '../credentials.ts';
import { insertPairs } from '../insert-pair.ts';
import type { NatsConf } from '../model.ts';

export default defineRule<NatsConf>({
  id: 'nats/empty-password',
  severity: 'warning',
  since: '0.1.0',
  check: byPart(function* (conf) {
    // With names from certificates, users have no passwords.
    if (certificateNamesUser(conf.root) || mayHold(conf.root)) return;
    for (const { block } of conf.users) if (lacksPassword(settingOf(block, 'password'))) yield* judge(conf, block);
    const single = settingOf(conf.root, 'authorization')?.blocks[0];
    if (single) yield* judge(conf, single);
  }),
});

function lacksPassword(password: Setting | undefined): boolean {
  return !password || (password.value.kind === 'string' && password.value.value === '');
}

function* judge(conf: NatsConf, block: Block): Generator<Report> {
  const user = settingOf(block, 'user');
  const password = settingOf(block, 'password');
  if (!user || !isGiven(user) || mayHold(block) || settingOf(block, 'nkey') || settingOf(block, 'proxy_required')) return;
  // Names of this kind come from certificates, whatever file says that they are demanded.
  if (user.value.kind === 'string' && /[=@]/.test(user.value.value)) return;
  if (!lacksPassword(password)) return;
  const variable = `${(user.value.kind === 'string' && variableWord(user.value.value)) || 'NATS'}_PASSWORD`;
  yield {
    ...(password ?? user).value.at,
    message: `${password ? 'With an empty password' : 'Without a password'} this user logs in with no secret at all, so everyone who knows or guesses the name is this user. Give it a password from the environment (\`password: $${variable}\`), or an nkey instead of a name.`,
    ...(password?.value.via ? {} : { fix: variableFix(conf, user, password, variable) }),
  };
}

/** The person still has to set the variable. */
function variableFix(conf: NatsConf, user: Setting, password: Setting | undefined, variable: string): Fix {
  return {
    title: `Read a password from the environment variable ${variable}`,
    safety: 'unsafe',
    edits: () => [
      password
        ? { file: password.value.origin.file, span: password.value.origin.span, newText: `$${variable}` }
        : insertPairs(conf, user, [`password: $${variable}`]),
    ],
  };
}
