// An option that a later release brought is an unknown key to the server that is judged for.
import { sinceOf } from '../../facts/nats-options.ts';
import { namesOf, type Release } from '../../facts/nats-release.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Setting } from '../blocks.ts';
import { kindInWords } from '../form-words.ts';
import { misfitsOf } from '../misfits.ts';
import type { NatsConf } from '../model.ts';
import { removalOf, textOfFile } from '../source-edits.ts';

export default defineRule<NatsConf>({
  id: 'nats/option-too-new',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    const server = versionName(conf.version);
    for (const setting of conf.index.unavailable) {
      if (!isRefused(setting)) continue;
      const { option, entry } = setting;
      const { file, span } = entry.keyAt;
      const since = sinceOf(option, entry.key) ?? [];
      const older = [option.key, ...option.aliases].find(
        spelling => spelling !== entry.key.toLowerCase() && !option.aliasSince.has(spelling) && !option.since,
      );
      yield {
        file,
        span,
        message: `\`${entry.key}\` came with nats-server ${namesOf(since)}, so ${server} does not know it and refuses the configuration. ${
          older ? `Write \`${older}\`, which means the same.` : 'Remove it, or update the server and set `natsServer` in `.authlint.yaml`.'
        }`,
        fix: older
          ? { title: `Rename to ${older}`, safety: 'safe', edits: () => [{ file, span, newText: older }] }
          : {
              title: `Remove ${entry.key}`,
              safety: 'unsafe',
              edits: () => [{ file, span: removalOf(textOfFile(conf, file), entry.node.span), newText: '' }],
            },
      };
    }
    for (const { setting, misfit } of misfitsOf(conf, 'option-too-new')) {
      if (!setting.available) continue;
      yield {
        file: misfit.value.at.file,
        span: misfit.value.at.span,
        message: `\`${setting.entry.key}\` may be ${kindInWords(misfit.value)} since nats-server ${namesOf(misfit.since ?? [])}; ${server} refuses the configuration. Write it in the older form, or update the server and set \`natsServer\` in \`.authlint.yaml\`.`,
      };
    }
  },
});

/** Inside of a block that is itself too new nothing more is said. */
function isRefused({ available, block, entry }: Setting): boolean {
  if (available || block.fact.unknown === 'ignored') return false;
  if (entry.usedAsVariable && block.fact.unknown === 'error') return false;
  for (let outer = block.setting; outer; outer = outer.block.setting) if (!outer.available) return false;
  return true;
}

function versionName([major, minor, patch]: Release): string {
  return patch >= Number.MAX_SAFE_INTEGER ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}
