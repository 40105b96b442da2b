// A seed is the private half of a key. In a file of its own that git ignores it is where it belongs; in code or in a repository it is public.
import { mildness } from '../../jwt/file-kind.ts';
import { defineRule } from '../../lint/rule.ts';
import { withArticle } from '../../nats-auth/nkey.ts';
import type { CredsModel } from '../model.ts';

export default defineRule<CredsModel>({
  id: 'creds/seed-exposed',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    const { isCreds, onDisk, secrets } = model;
    const isAtHome = isCreds && onDisk?.tracking !== 'kept';
    for (const { span, key } of secrets) {
      const what = key.role ? `the seed of ${withArticle(key.role)} key` : 'a private nkey';
      const message = isAtHome
        ? `This is ${what}, ${onDisk?.tracking === 'ignored' ? 'in a file that git ignores, as it should be' : 'in a file that is made to hold it'}; whoever reads it can act as its owner. Keep it readable for its owner only, and out of version control.`
        : isCreds
          ? `This is ${what}, and version control does not ignore the file, so everyone who sees the repository can act as its owner. Add the file to .gitignore, and replace the key if it was ever committed.`
          : `This is ${what}, and whoever reads the text can act as its owner. Read it from a file that git ignores or from a secret store, and replace the key.`;
      yield { span, message, ...(isAtHome ? { severity: 'information' } : mildness(model)) };
    }
  },
});
