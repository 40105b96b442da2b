// Fields of the block in which the caret stands, and the values that a field takes.
import { identityProviders } from '../facts/identity-providers.ts';
import { type PlatformField, platformField, platformFields } from '../facts/platform-options.ts';
import type { Completion } from '../language.ts';
import type { Span } from '../text/span.ts';
import type { PlatformModel } from './model.ts';

export function completeAt(model: PlatformModel, offset: number): readonly Completion[] {
  const start = model.source.lastIndexOf('\n', offset - 1) + 1;
  const line = model.source.slice(start, offset);
  const value = /^\s*(["']?)([\w-]+)\1:\s+(["']?)([^"'#]*)$/.exec(line);
  const above = blockAt(model, start, /^ */.exec(line)?.[0].length ?? 0);
  if (!above) return [];
  if (value) return valuesOf([...above, value[2] as string], { start: offset - (value[4] as string).length, end: offset });
  const word = /^\s*([\w-]*)$/.exec(line);
  return word ? fieldsOf(model, above, { start: offset - (word[1] as string).length, end: offset }) : [];
}

/** Path of the block that a line with this indentation belongs to; undefined outside of `auth`. */
function blockAt({ source, settings, authSpan }: PlatformModel, lineStart: number, indent: number): readonly string[] | undefined {
  if (!authSpan || lineStart <= authSpan.start) return undefined;
  const indentOf = (at: number) => at - (source.lastIndexOf('\n', at - 1) + 1);
  if (indent <= indentOf(authSpan.start) || leaves(source, authSpan.end, lineStart, indentOf(authSpan.start))) return undefined;
  const open = settings.filter(
    ({ keySpan, isMap, scalar, path }) =>
      keySpan.end < lineStart &&
      (isMap || (scalar === null && platformField(path)?.type === 'map')) &&
      indentOf(keySpan.start) < indent &&
      !leaves(source, keySpan.end, lineStart, indentOf(keySpan.start)),
  );
  return open.at(-1)?.path ?? [];
}

/** Whether a line between two places ends a block of this indentation. */
function leaves(source: string, from: number, to: number, indent: number): boolean {
  const lines = source.slice(from, to).split('\n').slice(1);
  return lines.some(line => line.trim() !== '' && !/^\s*#/.test(line) && (/^ */.exec(line) as RegExpExecArray)[0].length <= indent);
}

function fieldsOf({ settings }: PlatformModel, above: readonly string[], span: Span): readonly Completion[] {
  const fields: Readonly<Record<string, PlatformField>> = above.length === 0 ? platformFields : (platformField(above)?.fields ?? {});
  const given = new Set(
    settings
      .filter(
        ({ path, keySpan }) =>
          path.length === above.length + 1 && above.every((name, i) => path[i] === name) && keySpan.start !== span.start,
      )
      .map(({ path }) => path.at(-1)),
  );
  return Object.entries(fields)
    .filter(([name]) => !given.has(name))
    .map(([name, { type, says, default: usual }]) => ({
      label: name,
      kind: type === 'map' ? ('block' as const) : ('option' as const),
      detail: usual === undefined ? type : `${type}, default ${JSON.stringify(usual)}`,
      documentation: says,
      span,
      insertText: type === 'map' ? `${name}:` : `${name}: `,
    }));
}

function valuesOf(path: readonly string[], span: Span): readonly Completion[] {
  const field = platformField(path);
  if (!field) return [];
  const proposals: { text: string; detail: string }[] = (field.values ?? (field.type === 'boolean' ? ['true', 'false'] : [])).map(text => ({
    text,
    detail: '',
  }));
  const name = path.join('.');
  if (name === 'oidc.issuer')
    proposals.push(...identityProviders.map(({ name: provider, issuer }) => ({ text: issuer, detail: provider })));
  if (name === 'oidc.email_claim') proposals.push({ text: 'email', detail: 'most providers' }, { text: 'upn', detail: 'Microsoft Entra' });
  if (name === 'oidc.default_scopes')
    proposals.push({ text: '"openid profile email offline_access platform:read platform:write"', detail: 'reading and writing' });
  return proposals.map(({ text, detail }) => ({ label: text, kind: 'value' as const, detail, span, insertText: text }));
}
