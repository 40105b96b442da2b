// The page of an explained error: its Markdown as headings, lists and ways to places.
import assert from 'node:assert/strict';
import { explanationPage } from '../../client/src/views/explanation/explanation.ts';

describe('the page of an explanation', () => {
  it('has headings, paragraphs, code and lists', () => {
    const { text } = explanationPage(
      '# The token `sub`\n\n**Cause.** It has none.\n\n## It could also be\n\n- **One.** a\n- b\n\n---\n\nSource: x.\n',
    );
    assert.equal(
      text,
      '<main><h1>The token <code>sub</code></h1><p><strong>Cause.</strong> It has none.</p><h2>It could also be</h2><ul><li><strong>One.</strong> a</li><li>b</li></ul><hr><p>Source: x.</p></main>',
    );
  });

  it('leads to places, which the editor counts from zero', () => {
    const { text } = explanationPage('- [nats.conf:12](file:///w/nats.conf#L12,3): here.');
    const [, message] = /data-message="([^"]*)"/.exec(text) ?? [];
    assert.deepEqual(JSON.parse((message ?? '').replaceAll('&quot;', '"')), { go: { uri: 'file:///w/nats.conf', line: 11, character: 2 } });
  });

  it('takes no markup from files', () => {
    const { text } = explanationPage('It says \\<b\\> and `<i>` and [x](javascript:alert).');
    assert.equal(text, '<main><p>It says &lt;b&gt; and <code>&lt;i&gt;</code> and x.</p></main>');
  });
});
