// URIs and the names that the core has for files: every spelling of a place is one name, and the way back works.
import assert from 'node:assert/strict';
import { fileIdOf, folderIdOf, schemeOf, uriOf } from '../../server/src/hosts/file-uri.ts';

describe('names of files', () => {
  const cases: readonly (readonly [uri: string, id: string, canonical?: string])[] = [
    ['file:///srv/my%20app/nats.conf', 'file:///srv/my app/nats.conf'],
    ['file:///srv/a+b/(c)&d.conf', 'file:///srv/a+b/(c)&d.conf', 'file:///srv/a%2Bb/%28c%29%26d.conf'],
    ['file:///srv/100%25/%23x/%3Fy.conf', 'file:///srv/100%/#x/?y.conf'],
    ['file:///srv/gr%C3%BCn/%F0%9F%94%91.conf', 'file:///srv/grün/🔑.conf'],
    ['file:///C:/deploy/nats.conf', 'file:///c:/deploy/nats.conf', 'file:///c%3A/deploy/nats.conf'],
    ['file:///c%3A/deploy/nats.conf', 'file:///c:/deploy/nats.conf'],
    ['file://server/share/nats.conf', 'file://server/share/nats.conf'],
    ['vscode-vfs://github/owner/repo/nats.conf', 'vscode-vfs://github/owner/repo/nats.conf'],
    ['memfs:/ws/a.txt', 'memfs:///ws/a.txt'],
    ['untitled:Untitled-1', 'untitled:///Untitled-1', 'untitled:/Untitled-1'],
  ];
  for (const [uri, id, canonical] of cases) {
    it(uri, () => {
      assert.equal(fileIdOf(uri), id);
      assert.equal(uriOf(id), canonical ?? uri);
      assert.equal(fileIdOf(uriOf(id)), id);
    });
  }

  it('keep versions of one file apart', () => {
    const [now, then] = ['git:/srv/nats.conf?%7B%22ref%22%3A%22~%2F1%22%7D', 'git:/srv/nats.conf?%7B%22ref%22%3A%22HEAD%22%7D'];
    assert.notEqual(fileIdOf(now), fileIdOf(then));
    assert.match(fileIdOf(now), /\/srv\/nats\.conf$/);
    assert.equal(fileIdOf(uriOf(fileIdOf(now))), fileIdOf(now));
  });

  it('of folders end without a slash', () => {
    assert.equal(folderIdOf('file:///srv/app/'), 'file:///srv/app');
    assert.equal(folderIdOf('file:///srv/app'), 'file:///srv/app');
    assert.equal(folderIdOf('memfs:/'), 'memfs://');
    assert.equal(uriOf('memfs://'), 'memfs:/');
  });

  it('have a scheme, or none', () => {
    assert.equal(schemeOf('file:///a:b'), 'file');
    assert.equal(schemeOf('/etc/x:y'), '');
  });
});
