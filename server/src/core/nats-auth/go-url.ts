// URLs as Go's standard library reads them, since that decides what nats-server takes.

export type UrlProblem = 'control-character' | 'scheme' | 'colon' | 'user' | 'port' | 'host' | 'escape';

export interface Url {
  /** In lower case; empty where none is written. */
  readonly scheme: string;
  /** `name` or `name:secret` as written; undefined without `@`. */
  readonly userInfo: string | undefined;
  /** Host and port as written. */
  readonly host: string;
  readonly path: string;
  /** Offset of `userInfo` in the text; -1 without it. */
  readonly userInfoStart: number;
}

/** Reads a URL as Go's url.Parse does, which takes far more than browsers do: a bare word is a path. */
export function parseUrl(text: string): Url | UrlProblem {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  if (/[\u0000-\u001f\u007f]/.test(text)) return 'control-character';
  const hash = text.indexOf('#');
  const beforeHash = hash < 0 ? text : text.slice(0, hash);
  if (hash >= 0 && badEscape(text.slice(hash + 1))) return 'escape';
  if (beforeHash.startsWith(':')) return 'scheme';
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*(?=:)/.exec(beforeHash)?.[0] ?? '';
  let start = scheme ? scheme.length + 1 : 0;
  const query = beforeHash.indexOf('?', start);
  const end = query < 0 ? beforeHash.length : query;
  let rest = beforeHash.slice(start, end);
  const url = { scheme: scheme.toLowerCase(), userInfo: undefined, host: '', path: '', userInfoStart: -1 };
  if (!rest.startsWith('/')) {
    if (scheme) return url;
    if ((rest.split('/', 1)[0] as string).includes(':')) return 'colon';
  }
  let authority: { userInfo: string | undefined; host: string } | UrlProblem = { userInfo: undefined, host: '' };
  if (rest.startsWith('//') && (scheme || !rest.startsWith('///'))) {
    start += 2;
    const slash = rest.indexOf('/', 2);
    authority = parseAuthority(slash < 0 ? rest.slice(2) : rest.slice(2, slash));
    rest = slash < 0 ? '' : rest.slice(slash);
  }
  if (typeof authority === 'string') return authority;
  if (badEscape(rest)) return 'escape';
  return { ...url, ...authority, path: rest, userInfoStart: authority.userInfo === undefined ? -1 : start };
}

/** What is wrong with a URL; undefined when nothing is. White space around it does not count. */
export function urlProblem(text: string): UrlProblem | undefined {
  const url = parseUrl(text.trim());
  return typeof url === 'string' ? url : undefined;
}

function parseAuthority(authority: string): { userInfo: string | undefined; host: string } | UrlProblem {
  const at = authority.lastIndexOf('@');
  const userInfo = at < 0 ? undefined : authority.slice(0, at);
  const host = authority.slice(at + 1);
  if (userInfo !== undefined) {
    if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(userInfo)) return 'user';
    if (badEscape(userInfo)) return 'escape';
  }
  const problem = hostProblem(host);
  return problem ?? { userInfo, host };
}

function hostProblem(host: string): UrlProblem | undefined {
  const colon = host.lastIndexOf(':');
  if (host.startsWith('[')) {
    const end = host.lastIndexOf(']');
    if (end < 0) return 'host';
    if (!/^(:\d*)?$/.test(host.slice(end + 1))) return 'port';
  } else if (colon >= 0 && !/^:\d*$/.test(host.slice(colon))) return 'port';
  // In a host only bytes beyond ASCII may be escaped.
  if (/%(?!25|[89A-Fa-f][0-9A-Fa-f])/.test(host)) return 'escape';
  return /[ \\^`{|}]/.test(host) ? 'host' : undefined;
}

function badEscape(text: string): boolean {
  return /%(?![0-9A-Fa-f]{2})/.test(text);
}
