// URLs in variables: as much of them as the rules about issuers and keys need.

export interface UrlParts {
  /** Lower case, without the colon. */
  readonly scheme: string;
  /** Lower case, without brackets. */
  readonly host: string;
  readonly port: string;
  /** From the first slash behind the host, without query and fragment; empty where there is none. */
  readonly path: string;
  /** `user:password`, if any. */
  readonly userInfo: string;
}

/** Undefined for what is no absolute URL. */
export function parseUrl(text: string): UrlParts | undefined {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(?:([^@/?#\s]*)@)?(\[[^\]\s]*\]|[^:/?#\s]+)(?::(\d*))?([^?#\s]*)(?:[?#]\S*)?$/i.exec(text.trim());
  if (!match) return undefined;
  const host = (match[3] as string).replace(/^\[|\]$/g, '').toLowerCase();
  return { scheme: (match[1] as string).toLowerCase(), host, port: match[4] ?? '', path: match[5] ?? '', userInfo: match[2] ?? '' };
}

/** Whether a host is this machine, a private network or a name that no public resolver answers. */
export function isPrivateHost(host: string): boolean {
  if (!host.includes('.') || host.includes(':')) return true;
  if (
    /^(?:127|10)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\.|^0\.0\.0\.0$|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(host)
  )
    return true;
  return /\.(?:local|localhost|internal|lan|home|test|localdomain|svc|cluster\.local|docker|nip\.io|sslip\.io)$/.test(host);
}

/** The part of a host name that one buys: `auth0.com` of `tenant.us.auth0.com`, `example.co.uk` of `id.example.co.uk`. */
export function registrableDomain(host: string): string {
  const labels = host.split('.');
  const shortSecond =
    labels.length > 2 && /^(?:co|com|org|net|gov|ac|edu)$/.test(labels.at(-2) as string) && (labels.at(-1) as string).length === 2;
  return labels.slice(shortSecond ? -3 : -2).join('.');
}
