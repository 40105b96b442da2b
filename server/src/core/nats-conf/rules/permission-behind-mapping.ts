// What is published is mapped before permissions count, so a permission for a subject that is always mapped to another one meets nothing.
import { defineRule, type Report } from '../../lint/rule.ts';
import { coversSubject } from '../../nats-auth/subject.ts';
import { flowsOf } from '../account-flows.ts';
import { type NatsConf, settingsNamed } from '../model.ts';
import type { Pattern } from '../permissions.ts';
import { quoted } from '../source-edits.ts';
import { usersOf } from '../user-access.ts';

export default defineRule<NatsConf>({
  id: 'nats/permission-behind-mapping',
  severity: 'warning',
  since: '0.1.0',
  *check(conf) {
    // Most configurations map nothing, and then nobody's permissions need to be looked at.
    if (settingsNamed(conf, 'server.mappings', 'account.mappings', 'jetstream.domain', 'server.default_js_domain').length === 0) return;
    const flows = flowsOf(conf);
    // The default of an account is that of many users.
    const seen = new Set<object>();
    for (const { account, granted } of usersOf(conf)) {
      if (!granted || seen.has(granted.block)) continue;
      seen.add(granted.block);
      for (const { name, allow, deny, unknown } of granted.directions) {
        if (name !== 'publish' || unknown) continue;
        const behind = (pattern: string) => flows.mappedPattern(account, pattern);
        yield* judge(allow, 'allow', behind);
        yield* judge(deny, 'deny', behind);
      }
    }
  },
});

const words = { allow: ['allows', 'allowed'], deny: ['denies', 'denied'] } as const;

function* judge(list: readonly Pattern[], name: 'allow' | 'deny', behind: (pattern: string) => string | undefined): Generator<Report> {
  const [does, done] = words[name];
  for (const { subject, value } of list) {
    const other = behind(subject);
    if (other === undefined || list.some(one => coversSubject(one.subject, other))) continue;
    const { file, span } = value.origin;
    yield {
      ...value.at,
      message: `nats-server maps \`${subject}\` to \`${other}\` before permissions count, so this ${does} nothing: what counts is whether \`${other}\` is ${done}. Write that.`,
      ...(value.via ? {} : { fix: { title: `Write ${other}`, safety: 'unsafe', edits: () => [{ file, span, newText: quoted(other) }] } }),
    };
  }
}
