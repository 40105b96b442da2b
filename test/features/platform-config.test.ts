// The platform's configuration in the editor: which files are one, what fields mean, and which there are.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';

const file = 'file:///w/platform.yaml';

function open(text: string) {
  const offset = text.indexOf('|');
  const analyzer = new Analyzer(() => 0);
  const plain = offset < 0 ? text : text.slice(0, offset) + text.slice(offset + 1);
  analyzer.setFile({ id: file, text: plain });
  return { analyzer, offset, plain };
}

describe('platform configurations', () => {
  const language = (text: string) => open(text).analyzer.result(file).language;

  it('are known by their auth block and another key of the platform', () => {
    assert.equal(language('platform: {}\nauth:\n  oidc:\n    issuer: x\n'), 'platform-config');
    assert.equal(language('auth:\n  admin_email: a@b.c\n  oidc:\n    issuer: x\n'), 'platform-config');
    assert.equal(
      language('platformConfig:\n  auth:\n    policy_data_refresh_interval: 3\n    oidc:\n      issuer: x\n'),
      'platform-config',
    );
  });

  it('are not what other products keep in a block of that name', () => {
    for (const text of [
      'auth:\n  oidc:\n    issuer: https://a.example.com\n',
      'auth:\n  enabled: true\n  oidc:\n    enabled: true\n    clientId: x\n',
      'grafana:\n  auth:\n    admin_email: a@b.c\n    oidc: {}\n',
      'auth:\n  admin_email: a@b.c\n',
      'platform: {}\nother:\n  oidc: {}\n',
    ])
      assert.notEqual(language(text), 'platform-config', text);
  });

  it('explain a field: type, default, the variable that sets it, what it means', () => {
    const { analyzer, offset, plain } = open('platform: {}\nauth:\n  oidc:\n    email_cl|aim: upn\n');
    const [hover] = analyzer.hovers(file, offset);
    assert.equal(plain.slice(hover?.span.start, hover?.span.end), 'email_claim');
    assert.match(
      hover?.markdown ?? '',
      /^`auth\.oidc\.email_claim` · string · default `"email"` · `NMP_AUTH_OIDC__EMAIL_CLAIM` sets it too\n\nClaim with the user's e-mail address/,
    );
  });

  const labels = (text: string) => {
    const { analyzer, offset } = open(text);
    return analyzer.completions(file, offset).map(({ label }) => label);
  };

  it('propose the fields of the block that are not there yet', () => {
    const oidc = labels('platform: {}\nauth:\n  enabled: true\n  oidc:\n    issuer: x\n    |\n');
    assert.ok(oidc.includes('client_id') && !oidc.includes('issuer') && !oidc.includes('admin_email'));
    const auth = labels('platform: {}\nauth:\n  enabled: true\n  adm|\n  oidc:\n    issuer: x\n');
    assert.ok(auth.includes('admin_email') && !auth.includes('enabled') && !auth.includes('client_id'));
    assert.deepEqual(labels('platform:\n  |\nauth:\n  admin_email: a\n  oidc: {}\n'), []);
  });

  it('propose the values that a field takes', () => {
    assert.deepEqual(labels('platform: {}\nauth:\n  enabled: |\n  oidc: {}\n'), ['true', 'false']);
    assert.deepEqual(labels('platform: {}\nauth:\n  policy_decision_point_provider: |\n  oidc: {}\n'), ['embedded', 'opa']);
    assert.ok(labels('platform: {}\nauth:\n  oidc:\n    issuer: |\n').includes('https://login.microsoftonline.com/TENANT/v2.0'));
  });

  it('have an outline, and never throw for broken YAML', () => {
    const { analyzer } = open('platform: {}\nauth:\n  enabled: true\n  oidc:\n    issuer: x\n');
    const owner = analyzer.owner(file);
    const outline = owner?.language.outline?.(owner.model) ?? [];
    assert.deepEqual(
      outline.map(({ name, children }) => [name, children.map(child => child.name)]),
      [
        ['enabled', []],
        ['oidc', ['issuer']],
      ],
    );
    for (const text of [
      'platform: {}\nauth:\n  oidc: [\n  admin_email: "\n',
      'platform: {}\nauth:\n\toidc:\n  oidc: &a *a\n',
      'auth:\n  oidc:\nplatform: {}\n',
    ]) {
      const broken = open(text).analyzer;
      broken.result(file);
      assert.deepEqual(broken.faults(), []);
    }
  });
});

describe('variables of the platform', () => {
  const compose = 'file:///w/docker-compose.prod.yml';
  const open = (lines: string) => {
    const analyzer = new Analyzer(() => 0);
    const text = `services:\n  platform:\n    image: example/nemo-platform\n    environment:\n${lines}`;
    analyzer.setFile({ id: compose, text });
    for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
    return { analyzer, text };
  };

  it('mean what the fields of its configuration mean', () => {
    const { analyzer, text } = open('      NMP_AUTH_OIDC__AUDIENCE: models\n');
    const [hover] = analyzer.hovers(compose, text.indexOf('NMP_AUTH_OIDC__AUDIENCE') + 3);
    assert.match(hover?.markdown ?? '', /without it the audience is not checked/);
  });

  it('let nobody in without a signature in production', () => {
    const { analyzer } = open('      NMP_AUTH_ALLOW_UNSIGNED_JWT: "true"\n');
    assert.deepEqual(
      analyzer.result(compose).findings.map(({ rule, severity }) => [rule, severity]),
      [['compose/dev-auth-in-production', 'error']],
    );
  });
});
