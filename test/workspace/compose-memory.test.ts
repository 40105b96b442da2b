// What is remembered from one version of a Compose file to the next must not hold on to all versions before it.
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import type { ComposeModel } from '../../server/src/core/compose/index.ts';
import { summariesOf } from '../../server/src/core/workspace/view.ts';

describe('memory of Compose projects', () => {
  it('lets go of services that are written otherwise now', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const id = 'file:///work/compose.yaml';
    const analyzer = new Analyzer(() => 0);
    const type = (level: number) => {
      const environment = `{ JWT_SECRET: "\${JWT_SECRET:-secret-of-nobody-${'x'.repeat(20)}}", LEVEL: "${level}" }`;
      analyzer.setFile({ id, text: `services:\n  api: { image: api }\n  web:\n    image: web\n    environment: ${environment}\n` });
      for (const file of analyzer.wanted()) analyzer.setAbsent(file);
      assert.notEqual(analyzer.result(id).findings.length, 0);
      const [{ summary } = { summary: undefined }] = summariesOf<ComposeModel>(analyzer.workspace(), 'compose');
      const service = summary?.projects[0]?.project.services.get('web');
      assert.ok(service);
      return new WeakRef(service);
    };
    const versions = Array.from({ length: 40 }, (_, level) => type(level));
    // A reference that was made in one turn of the event loop lasts until the next.
    await new Promise(resolve => setImmediate(resolve));
    collect();
    const alive = versions.filter(version => version.deref() !== undefined).length;
    assert.ok(alive <= 10, `${alive} of 40 versions are kept`);
  });
});
