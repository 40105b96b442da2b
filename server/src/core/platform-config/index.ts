// The configuration of a NeMo Platform as a language: its `auth` block.
import type { Language, OutlineEntry } from '../language.ts';
import type { Span } from '../text/span.ts';
import { completeAt } from './completion.ts';
import { hoverAt } from './hover.ts';
import { buildModel, isOn, type PlatformModel, type PlatformSetting, settingAt, textAt } from './model.ts';
import { rules } from './rules/index.ts';

export type { PlatformModel } from './model.ts';

/** What rules over several files ask of a platform. */
export interface PlatformSummary {
  /** Whether tokens are checked: `auth.enabled` and `auth.oidc.enabled`. */
  readonly checksTokens: boolean;
  readonly oidcSwitch: Span | undefined;
  readonly issuers: readonly string[];
  readonly issuerSpan: Span | undefined;
  readonly audience: string | undefined;
  readonly audienceSpan: Span | undefined;
  readonly clientId: string | undefined;
  readonly adminEmail: string | undefined;
  readonly adminEmailSpan: Span | undefined;
  readonly emailClaim: string;
  /** Scopes that a login asks for, as far as they are written here. */
  readonly defaultScopes: readonly string[];
}

interface PlatformLanguage extends Language<PlatformModel> {
  summarize(model: PlatformModel): PlatformSummary;
}

export const platformConfig: PlatformLanguage = {
  id: 'platform-config',
  build: buildModel,
  rules,
  summarize(model) {
    const issuer = textAt(model, 'oidc', 'issuer');
    return {
      checksTokens: isOn(model, 'enabled') === true && isOn(model, 'oidc', 'enabled') === true,
      oidcSwitch: settingAt(model, 'oidc', 'enabled')?.keySpan,
      issuers: [...(issuer ? [issuer] : []), ...(settingAt(model, 'oidc', 'additional_issuers')?.items ?? [])],
      issuerSpan: settingAt(model, 'oidc', 'issuer')?.valueSpan,
      audience: textAt(model, 'oidc', 'audience'),
      audienceSpan: settingAt(model, 'oidc', 'audience')?.valueSpan,
      clientId: textAt(model, 'oidc', 'client_id'),
      adminEmail: textAt(model, 'admin_email'),
      adminEmailSpan: settingAt(model, 'admin_email')?.valueSpan,
      emailClaim: textAt(model, 'oidc', 'email_claim') ?? 'email',
      defaultScopes: textAt(model, 'oidc', 'default_scopes')?.split(/\s+/) ?? [],
    };
  },
  hover: hoverAt,
  complete: completeAt,
  outline: ({ settings }) => outlineOf(settings, []),
};

function outlineOf(settings: readonly PlatformSetting[], above: readonly string[]): readonly OutlineEntry[] {
  return settings
    .filter(({ path }) => path.length === above.length + 1 && above.every((name, i) => path[i] === name))
    .map(({ path, keySpan, valueSpan, isMap, items }) => ({
      name: path.at(-1) as string,
      kind: isMap ? ('block' as const) : items ? ('list' as const) : ('value' as const),
      span: { start: keySpan.start, end: Math.max(keySpan.end, valueSpan?.end ?? 0) },
      nameSpan: keySpan,
      children: isMap ? outlineOf(settings, path) : [],
    }));
}
