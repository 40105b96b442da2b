// Consent to ask a host on the network: once for each, kept for the workspace, and never for one that is not trusted.
import assert from 'node:assert/strict';
import { AgreedHosts } from '../../client/src/agreed-hosts.ts';

interface Person {
  /** Hosts that they agree to. */
  readonly agrees?: readonly string[];
  readonly trusts?: () => boolean;
}

/** A workspace with the state that an editor keeps for it, and the questions that a person got. */
function workspaceOf({ agrees = [], trusts = () => true }: Person) {
  const state = new Map<string, readonly string[]>();
  const asked: string[] = [];
  const memory = {
    get: (key: string, otherwise: readonly string[]) => state.get(key) ?? otherwise,
    update: async (key: string, hosts: readonly string[]) => void state.set(key, hosts),
  };
  /** As after a restart: what is not in the state is forgotten. */
  const open = () =>
    new AgreedHosts(memory, trusts, async host => {
      asked.push(host);
      return agrees.includes(host);
    });
  return { asked, open };
}

/** A server that needs these hosts, one after the other. */
function needing(...hosts: readonly string[]) {
  const requests: (readonly string[])[] = [];
  const request = async (agreed: readonly string[]) => {
    requests.push(agreed);
    const next = hosts.find(host => !agreed.includes(host));
    return next === undefined ? ({ kind: 'report' } as const) : ({ kind: 'ask', host: next } as const);
  };
  return { requests, request };
}

describe('consent to ask a host', () => {
  it('is asked for once, and remembered', async () => {
    const { asked, open } = workspaceOf({ agrees: ['id.example.com'] });
    for (let i = 0; i < 3; i++) assert.deepEqual(await open().answer(needing('id.example.com').request), { kind: 'report' });
    assert.deepEqual(asked, ['id.example.com']);
  });

  it('is asked for each host, where one leads to another', async () => {
    const { asked, open } = workspaceOf({ agrees: ['id.example.com', 'keys.example.com'] });
    const { requests, request } = needing('id.example.com', 'keys.example.com');
    assert.deepEqual(await open().answer(request), { kind: 'report' });
    assert.deepEqual(asked, ['id.example.com', 'keys.example.com']);
    assert.deepEqual(requests, [[], ['id.example.com'], ['id.example.com', 'keys.example.com']]);
  });

  it('counts for the port it was given for', async () => {
    const { asked, open } = workspaceOf({ agrees: ['id.example.com', 'id.example.com:8443'] });
    await open().answer(needing('id.example.com').request);
    await open().answer(needing('id.example.com:8443').request);
    assert.deepEqual(asked, ['id.example.com', 'id.example.com:8443']);
  });

  it('that is refused ends the matter, and is asked for the next time', async () => {
    const { asked, open } = workspaceOf({});
    const { requests, request } = needing('id.example.com');
    assert.equal(await open().answer(request), undefined);
    assert.deepEqual(requests, [[]]);
    await open().answer(request);
    assert.deepEqual(asked, ['id.example.com', 'id.example.com']);
  });

  it('is given by whoever names an address of this machine', async () => {
    const { asked, open } = workspaceOf({});
    for (const host of ['localhost:8080', '127.0.0.1', '127.0.0.1:3000', '[::1]:8080'])
      assert.deepEqual(await open().answer(needing(host).request), { kind: 'report' });
    assert.deepEqual(asked, []);
    for (const host of ['localhost.example.com', '127.0.0.1.example.com', 'example.com:127'])
      assert.equal(await open().answer(needing(host).request), undefined);
    assert.equal(asked.length, 3);
  });

  it('is asked of nobody, and nothing is requested, where the workspace is not trusted', async () => {
    let isTrusted = true;
    const { asked, open } = workspaceOf({ agrees: ['id.example.com'], trusts: () => isTrusted });
    await open().answer(needing('id.example.com').request);
    isTrusted = false;
    const { requests, request } = needing('id.example.com');
    assert.equal(open().mayBeAsked, false);
    assert.equal(await open().answer(request), undefined);
    assert.deepEqual(requests, []);
    assert.deepEqual(asked, ['id.example.com']);
  });

  it('passes on that there is no answer', async () => {
    assert.equal(
      await workspaceOf({})
        .open()
        .answer(async () => null),
      null,
    );
  });

  it('does not ask for ever when the answer does not help', async () => {
    const { asked, open } = workspaceOf({ agrees: ['id.example.com'] });
    assert.equal(await open().answer(async () => ({ kind: 'ask', host: 'id.example.com' }) as const), undefined);
    assert.deepEqual(asked, ['id.example.com']);
  });
});
