// Names and values of authentication variables that may be written, the likeliest first, for Compose files and environment files alike.

import type { Meaning } from '../facts/compose-dialects.ts';
import { genericNames, renamedFacts, switchFacts, variableFacts } from '../facts/compose-dialects.ts';
import { identityProviders } from '../facts/identity-providers.ts';
import type { Settings } from '../lint/settings.ts';
import { describeVariable } from './constraints.ts';
import { meaningOf, secretMeanings, switchOf } from './meaning.ts';
import { issuerOf, jwksOf, placeholder } from './provider-urls.ts';

export interface NameProposal {
  readonly name: string;
  /** The product, or that many read it. */
  readonly detail: string;
  readonly documentation: string;
}

/** `products`: those that the service is, the surest first. `isSet`: names that are there already. */
export function proposeNames(
  products: Iterable<string>,
  isSet: (name: string) => boolean,
  settings: Pick<Settings, 'environment'>,
): readonly NameProposal[] {
  const own = settings.environment.map(({ name }) => name);
  const names = new Set([...[...products].flatMap(namesOfProduct), ...own, ...genericNames]);
  return [...names].flatMap(name => {
    if (isSet(name) || renamedFacts.has(name)) return [];
    const described = describeVariable(name, settings);
    const product = describedProduct(name) ?? described?.product;
    return [{ name, detail: product ?? 'usual name', documentation: described?.sentences.join('\n\n') ?? '' }];
  });
}

/** Some names belong to a product in its images only, where a description without the image does not find it. */
function describedProduct(name: string): string | undefined {
  return variableFacts.get(name.toUpperCase())?.product;
}

/** Every product that has variables of its own. */
export const productsWithVariables: ReadonlySet<string> = new Set([...variableFacts.values()].flatMap(({ product }) => product ?? []));

function namesOfProduct(product: string): readonly string[] {
  const variables = [...variableFacts.values()].filter(fact => fact.product === product).map(({ name }) => name);
  const switches = switchFacts.filter(fact => fact.product === product).map(({ pattern }) => pattern.source.slice(1, -1));
  return [...variables, ...switches];
}

/** What is known around a variable whose value is to be written. */
export interface ValueCircumstances {
  readonly settings: Pick<Settings, 'environment'>;
  readonly image?: string | undefined;
  /** Other variables of the same service. */
  readonly names: Iterable<string>;
  /** Those of them whose value is known. */
  readonly neighbours: ReadonlyMap<string, string>;
  /** Values that other services hold, by their variable. */
  readonly elsewhere: readonly { readonly name: string; readonly value: string; readonly where: string }[];
}

export interface ValueProposal {
  readonly value: string;
  readonly detail: string;
  /** With places to fill in, in the snippet syntax of the language server protocol. */
  readonly snippet?: string;
}

/** Values of a variable; none for a secret, which nobody should take from a list. */
export function proposeValues(name: string, circumstances: ValueCircumstances): readonly ValueProposal[] {
  const { settings, image } = circumstances;
  const fact = switchOf(name, settings);
  if (fact && !fact.opens.startsWith('=')) {
    const shut = fact.opens === 'true' ? 'false' : 'true';
    return [
      { value: shut, detail: 'authentication stays on' },
      { value: fact.opens, detail: fact.says },
    ];
  }
  const meaning = meaningOf(name, settings, image)?.meaning;
  if (meaning === undefined || secretMeanings.has(meaning)) return [];
  const proposals = [...derived(meaning, circumstances), ...held(meaning, circumstances), ...usual(name, meaning, circumstances)];
  return [...new Map(proposals.map(proposal => [proposal.value, proposal])).values()];
}

/** The address that a neighbour tells. */
function derived(meaning: Meaning, { neighbours, settings, image }: ValueCircumstances): readonly ValueProposal[] {
  return [...neighbours].flatMap(([name, value]) => {
    const other = meaningOf(name, settings, image)?.meaning;
    const found =
      meaning === 'jwks-uri' && other === 'issuer'
        ? jwksOf(value)
        : meaning === 'issuer' && other === 'jwks-uri'
          ? issuerOf(value)
          : undefined;
    return found ? [{ value: found.url, detail: `${found.provider}, as ${name} says` }] : [];
  });
}

const shared: ReadonlySet<Meaning> = new Set<Meaning>(['issuer', 'audience', 'jwks-uri', 'discovery', 'algorithm']);

/** What another service has, since services that check the same tokens agree. */
function held(meaning: Meaning, { elsewhere, settings }: ValueCircumstances): readonly ValueProposal[] {
  if (!shared.has(meaning)) return [];
  return elsewhere
    .filter(({ name, value }) => value !== '' && !value.includes('@') && meaningOf(name, settings)?.meaning === meaning)
    .map(({ value, where }) => ({ value, detail: `as in ${where}` }));
}

const symmetric = ['HS256', 'HS384', 'HS512'];
const asymmetric = ['RS256', 'ES256', 'PS256', 'EdDSA', 'RS384', 'RS512', 'ES384', 'ES512', 'PS384', 'PS512'];

function usual(name: string, meaning: Meaning, { names, settings, image }: ValueCircumstances): readonly ValueProposal[] {
  const meanings = new Set([...names].map(other => meaningOf(other, settings, image)?.meaning));
  if (meaning === 'algorithm') {
    const secret = meanings.has('jwt-secret');
    const keys = meanings.has('jwks-uri') || meanings.has('public-key') || meanings.has('discovery');
    const fitting = keys && !secret ? asymmetric : secret && !keys ? symmetric : [...asymmetric.slice(0, 4), ...symmetric];
    return fitting.map(value => ({ value, detail: value.startsWith('HS') ? 'with a shared secret' : 'with public keys' }));
  }
  if (meaning === 'expiry') return lifetimes(name);
  if (meaning !== 'issuer' && meaning !== 'jwks-uri' && meaning !== 'discovery') return [];
  return identityProviders.map(provider => {
    const template = meaning === 'jwks-uri' ? provider.jwks : meaning === 'issuer' ? provider.issuer : discoveryOf(provider.issuer);
    return { value: template, detail: provider.name, snippet: asSnippet(template) };
  });
}

function discoveryOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

function asSnippet(template: string): string {
  let stop = 0;
  return template.replace(placeholder, name => `\${${++stop}:${name}}`);
}

/** A quarter of an hour and an hour, in the unit that the name tells. */
function lifetimes(name: string): readonly ValueProposal[] {
  const upper = name.toUpperCase();
  if (upper.endsWith('_MS')) return timed('900000', '3600000');
  if (upper.endsWith('_MINUTES')) return timed('15', '60');
  return /(?:_EXPIRES?_IN)$/.test(upper) ? timed('15m', '1h') : timed('900', '3600');
}

function timed(quarter: string, hour: string): readonly ValueProposal[] {
  return [
    { value: quarter, detail: '15 minutes' },
    { value: hour, detail: 'an hour' },
  ];
}
