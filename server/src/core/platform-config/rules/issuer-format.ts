// The issuer is compared letter for letter with `iss` of each token.
import { parseUrl } from '../../environment/url.ts';
import { providerOf } from '../../facts/identity-providers.ts';
import { defineRule } from '../../lint/rule.ts';
import { type PlatformModel, settingAt, textAt } from '../model.ts';

export default defineRule<PlatformModel>({
  id: 'platform/issuer-format',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    const text = textAt(model, 'oidc', 'issuer');
    const span = settingAt(model, 'oidc', 'issuer')?.valueSpan;
    const problem = text && judge(text);
    if (!span || !problem) return;
    const { what, instead } = problem;
    yield {
      span,
      message: `The issuer ${what}. ${instead ? `Write \`${instead}\`.` : 'Write the address as the tokens carry it in `iss`.'}`,
      ...(instead
        ? { fix: { title: `Write ${instead}`, safety: 'unsafe', edits: () => [{ file: model.file, span, newText: instead }] } }
        : {}),
    };
  },
});

function judge(text: string): { what: string; instead: string | undefined } | undefined {
  const refused = 'is compared letter for letter with the tokens, so every token is refused';
  const url = parseUrl(text);
  if (!url) return { what: 'is no address, so its discovery document cannot be read', instead: undefined };
  const provider = providerOf(url);
  const known = text.indexOf('/.well-known/');
  if (known >= 0) {
    const base = text.slice(0, known);
    return {
      what: `names a document and not the issuer, and it ${refused}`,
      instead: provider?.issuerSlash === 'needs' ? `${base}/` : base,
    };
  }
  if (url.scheme === 'http' && !/^(localhost|127\.|\[?::1)/.test(url.host) && url.host.includes('.')) {
    return {
      what: 'is read without TLS, so anybody on the way can put other keys in its place',
      instead: text.replace(/^http:/, 'https:'),
    };
  }
  if (provider?.issuerSlash === 'needs' && !text.endsWith('/') && url.path === '') {
    return { what: `lacks the slash that ${provider.name} writes into its tokens; it ${refused}`, instead: `${text}/` };
  }
  if (provider?.issuerSlash === 'never' && text.endsWith('/') && url.path.length > 1) {
    return {
      what: `ends with a slash, which ${provider.name} does not write into its tokens; it ${refused}`,
      instead: text.replace(/\/+$/, ''),
    };
  }
  return undefined;
}
