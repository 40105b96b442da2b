// Who in a Compose project would be shown a token, and what they would hold against it: read from the environment of each service.
import { productionSign } from '../core/compose/audience.ts';
import { type AuthVariable, authOf, type KeyFileVariable } from '../core/compose/auth-variables.ts';
import { type Demand, type Gateway, type GatewayKey, gatewayMode, gatewayOf } from '../core/compose/gateway.ts';
import type { EvaluatedChain } from '../core/compose/index.ts';
import type { Service } from '../core/compose/project.ts';
import type { EnvironmentEntry } from '../core/compose/service.ts';
import type { Meaning } from '../core/facts/compose-dialects.ts';
import { keyFormOf, keyTextOf, secretOfFile } from '../core/jwt/key-text.ts';
import type { Settings } from '../core/lint/settings.ts';
import { type FileId, nameOf } from '../core/text/file-id.ts';
import type { KeyMaterial } from './key-material.ts';
import type { Verifier } from './token-report.ts';

/** Says how a file is shown. */
type Show = (file: FileId) => string;

/** Verifiers of one project, by service. A service that has a key set prefers it to a secret, silently. */
export function composeVerifiers({ project }: Pick<EvaluatedChain, 'project'>, settings: Settings, show: Show): readonly Verifier[] {
  return [...project.services.values()].flatMap(service => {
    const production = productionSign(project, service, settings)?.what;
    return serviceVerifiers(service, settings, show).map(verifier => ({
      ...verifier,
      ...(production === undefined ? {} : { production }),
    }));
  });
}

/** Verifiers of several projects, each said once; where the same service differs between projects, its name says which files make it. */
export function allComposeVerifiers(chains: Iterable<EvaluatedChain>, settings: Settings, show: Show): readonly Verifier[] {
  const found = new Map<string, { verifier: Verifier; files: readonly FileId[] }>();
  for (const { project } of chains) {
    for (const verifier of composeVerifiers({ project }, settings, show)) {
      // Who is the same in production and without it is no other verifier.
      const key = JSON.stringify({ ...verifier, production: undefined });
      if (!found.has(key) || verifier.production === undefined) found.set(key, { verifier, files: found.get(key)?.files ?? project.files });
    }
  }
  const all = [...found.values()];
  return all.map(({ verifier, files }) => {
    const twice = all.filter(other => other.verifier.name === verifier.name && other.verifier.path === verifier.path).length > 1;
    return twice ? { ...verifier, name: `${verifier.name} of ${files.map(nameOf).join(' + ')}` } : verifier;
  });
}

function serviceVerifiers(service: Service, settings: Settings, show: Show): readonly Verifier[] {
  const gateway = gatewayOf(authOf(service, settings));
  return gateway ? gatewayVerifiers(`service ${service.name}`, gateway, show) : [];
}

/** One verifier for each key of a gateway, which is called `name`. */
export function gatewayVerifiers(name: string, gateway: Gateway, show: Show): readonly Verifier[] {
  const { keys } = gateway;
  return keys.map(key => ({
    name: keys.length > 1 ? `${name} (${key.entry.name})` : name,
    path: show(key.entry.file),
    key: keyOf(key),
    ...demandsOf(gateway, key),
  }));
}

function demandsOf(
  { algorithms, issuers, audiences }: Gateway,
  key: AuthVariable,
): Pick<Verifier, 'algorithms' | 'issuer' | 'audience' | 'requiredClaims'> {
  const mode = gatewayMode(key);
  return {
    ...(algorithms.length > 0 ? { algorithms: valuesOf(algorithms) } : mode ? { algorithms: [mode] } : {}),
    ...(issuers.length > 0 ? { issuer: valuesOf(issuers) } : {}),
    ...(audiences.length > 0 ? { audience: valuesOf(audiences) } : {}),
    ...(mode ? { requiredClaims: ['sub'] } : {}),
  };
}

function valuesOf(demands: readonly Demand[]): readonly string[] {
  return demands.map(({ value }) => value);
}

function keyOf({ entry, meaning: { meaning, encoding }, keyFile }: GatewayKey): KeyMaterial {
  return keyFile ? keyOfFile(keyFile, meaning) : keyOfValue(entry, meaning, encoding);
}

function keyOfFile({ text }: KeyFileVariable['keyFile'], meaning: Meaning): KeyMaterial {
  if (text === undefined) return { kind: 'unavailable', why: 'Its key is in a file that is not here.' };
  const form = keyFormOf(text);
  if (form) return { kind: form, text };
  const content = secretOfFile(text);
  if (meaning === 'jwt-secret-json') return jsonSecret(content);
  if (meaning === 'jwt-secret' && !content.includes('-----BEGIN')) return { kind: 'secret', text: content };
  return { kind: 'unavailable', why: 'The file of its key holds nothing that checks signatures.' };
}

function keyOfValue({ value, guess }: EnvironmentEntry, meaning: Meaning, encoding: 'base64' | undefined): KeyMaterial {
  if (value === undefined || guess) return { kind: 'unavailable', why: 'Its key comes from a variable that nobody here sets.' };
  if (meaning === 'jwks-uri') return { kind: 'unavailable', why: 'Its keys are behind an address, which is not asked here.' };
  if (meaning === 'public-key') return publicKey(value);
  if (meaning === 'jwt-secret-json') return jsonSecret(value);
  if (encoding === 'base64') {
    const k = value.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    return { kind: 'jwk', text: JSON.stringify({ kty: 'oct', k }) };
  }
  return { kind: 'secret', text: value };
}

function publicKey(value: string): KeyMaterial {
  const text = keyTextOf(value) ?? '';
  const form = keyFormOf(text);
  return form ? { kind: form, text } : { kind: 'unavailable', why: 'Its public key is in a place that is not read here.' };
}

/** Hasura's way: `{"type":"HS256","key":"…"}`, or an address of a key set. */
function jsonSecret(value: string): KeyMaterial {
  try {
    const { type, key } = JSON.parse(value) as { type?: unknown; key?: unknown };
    if (typeof key === 'string') return String(type).startsWith('HS') ? { kind: 'secret', text: key } : publicKey(key);
    return { kind: 'unavailable', why: 'Its keys are behind an address, which is not asked here.' };
  } catch {
    return { kind: 'unavailable', why: 'Its configuration of keys is no JSON.' };
  }
}
