// Which files are logs, where errors stand that somebody wants explained.
import { type FileId, nameOf } from '../text/file-id.ts';

/** By name: `app.log`, `server.log.1`, `nohup.out`, `stderr.txt`. */
export function isLogFile(id: FileId): boolean {
  return /\.(log|out|err)(\.\d+)?$|^(log|logs|stderr|stdout|output|console)\b.*\.txt$/i.test(nameOf(id));
}
