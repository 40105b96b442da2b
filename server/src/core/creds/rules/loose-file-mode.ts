// Everybody with an account on the machine can read such a file, backups and other containers with the same folder included.
import { isForShow } from '../../jwt/file-kind.ts';
import { defineRule } from '../../lint/rule.ts';
import type { CredsModel } from '../model.ts';

export default defineRule<CredsModel>({
  id: 'creds/loose-file-mode',
  severity: 'information',
  since: '0.1.0',
  *check({ isCreds, onDisk, secrets, fileKind }) {
    const [first] = secrets;
    if (!isCreds || !first || !onDisk?.isReadableByOthers || isForShow(fileKind)) return;
    yield {
      span: first.span,
      message: 'Other users of this machine may read this seed. Let its owner alone read the file: `chmod 600`.',
    };
  },
});
