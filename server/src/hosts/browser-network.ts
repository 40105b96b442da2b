// One request to one address, as a browser makes it: the server behind the address must allow pages of other origins to read it.

/** Neither cookies nor credentials are sent, and no redirect is followed. Which address a name stands for, a browser does not say. */
export function askFromBrowser(url: URL, { signal }: { readonly signal: AbortSignal }): Promise<Response> {
  return fetch(url, {
    signal,
    redirect: 'manual',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    headers: { accept: 'application/json' },
  });
}
