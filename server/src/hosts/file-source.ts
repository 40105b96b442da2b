// Where texts come from: the port that the disk (node) and the editor's own file system (browser) implement.
import type { FileOnDisk } from '../core/language.ts';
import type { FileId } from '../core/text/file-id.ts';

export interface FileSource {
  /**
   * Text files below a folder that may hold something of ours, without what `.gitignore` excludes, `.git` and `node_modules`.
   * Sorted by id.
   */
  list(folder: FileId): Promise<readonly FileId[]>;
  /** Text of a file, decoded as UTF-8; undefined when it does not exist or is no readable text file. */
  read(file: FileId): Promise<string | undefined>;
  /** The same without a wait; absent where the source cannot. */
  readNow?(file: FileId): string | undefined;
  /** What the source knows of a file beside its text; undefined where it knows nothing, absent where it never does. */
  about?(file: FileId): Promise<FileOnDisk | undefined>;
}

/** Bytes above which a file that is not open is left alone. */
export const largestUnopenedFile = 16 * 1024 * 1024;

const binaryName =
  /\.(png|jpe?g|gif|webp|ico|icns|bmp|svgz|pdf|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|war|class|so|dylib|dll|exe|bin|o|a|wasm|pyc|woff2?|ttf|otf|eot|mp[34]|mov|avi|webm|ogg|wav|flac|vsix|node|db|sqlite3?|parquet|map)$|^(package-lock\.json|yarn\.lock|pnpm-lock\.yaml|go\.sum|Cargo\.lock)$/i;

const skippedFolder = /^(\.git|node_modules|\.hg|\.svn)$/;

/** Whether a walk enters a folder of this name. */
export function isWalked(folderName: string): boolean {
  return !skippedFolder.test(folderName);
}

/** Whether a file of this name may hold text of ours; lock files hold thousands of hashes and nothing of ours. */
export function mayHoldText(fileName: string): boolean {
  return !binaryName.test(fileName);
}
