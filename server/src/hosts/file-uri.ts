// Converts between the URIs of editors and the names that the core has for files.
import { URI } from 'vscode-uri';
import { directoryOf, type FileId, joinPath } from '../core/text/file-id.ts';

/**
 * Name of a URI: its path is decoded, so that all spellings of one URI give one name, and a drive letter is lower case. A query or
 * fragment (`git:` documents have one) is kept, encoded, before the path, where it disturbs no path work. What has no authority
 * and no leading slash gets both (`untitled:Untitled-1` → `untitled:///Untitled-1`).
 */
export function fileIdOf(uri: string): FileId {
  const { scheme, authority, path, query, fragment } = URI.parse(uri);
  const extra = query || fragment ? `?${encodeURIComponent(query)}#${encodeURIComponent(fragment)}` : '';
  const rooted = path.startsWith('/') ? path : `/${path}`;
  return `${scheme}://${authority}${extra}${rooted.replace(/^\/[A-Z]:/, drive => drive.toLowerCase())}`;
}

/** Name of a folder's URI, without a slash at its end. */
export function folderIdOf(uri: string): FileId {
  return directoryOf(joinPath(fileIdOf(uri), 'file'));
}

/** URI of a name, encoded as VS Code encodes it. */
export function uriOf(id: FileId): string {
  const [, scheme = 'file', authority = '', query = '', fragment = '', path] =
    /^([^:]+):\/\/([^/?]*)(?:\?([^#/]*)#([^/]*))?(.*)$/s.exec(id) ?? [];
  return URI.from({
    scheme,
    authority,
    path: path || '/',
    query: decodeURIComponent(query),
    fragment: decodeURIComponent(fragment),
  }).toString();
}

/** Scheme of a name, without the colon; empty for a text that is none. */
export function schemeOf(id: FileId): string {
  return /^[^:/]+(?=:)/.exec(id)?.[0] ?? '';
}
