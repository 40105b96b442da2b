// Which YAML files configure a NeMo Platform: those whose `auth` block holds `oidc` and another key of that platform.

/** Other products have an `auth` block with `oidc` too; theirs lack these. */
const ownKeys =
  /^(admin_email|allow_unsigned_jwt|policy_\w+|bundle_cache_seconds|embedded_pdp_\w+|default_workspace|access_keys|token_signing)$/;

/** Only indentation is looked at, which is enough for files that people write. */
export function looksLikePlatformConfig(text: string): boolean {
  if (!text.includes('oidc:') || !/^ *auth:/m.test(text)) return false;
  let hasPlatform = /^platform:/m.test(text) || text.includes('NMP_');
  let auth: number | undefined;
  let inner: number | undefined;
  let hasOidc = false;
  for (const line of text.split('\n')) {
    const key = /^( *)(?:["']?)([\w-]+)(?:["']?):(?:\s|$)/.exec(line);
    if (!key) continue;
    const indent = (key[1] as string).length;
    if (auth !== undefined && indent <= auth) auth = undefined;
    if (auth === undefined) {
      if (key[2] === 'auth' && (indent === 0 || hasPlatformValues(text))) {
        auth = indent;
        inner = undefined;
      }
      continue;
    }
    inner ??= indent;
    if (indent !== inner) continue;
    if (key[2] === 'oidc') hasOidc = true;
    else if (ownKeys.test(key[2] as string)) hasPlatform = true;
  }
  return hasOidc && hasPlatform;
}

/** In the values of its Helm chart the configuration stands below `platformConfig`. */
function hasPlatformValues(text: string): boolean {
  return /^platformConfig:/m.test(text);
}
