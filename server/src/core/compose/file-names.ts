// What the name of a Compose file says: which files Compose takes by itself, and which stand beside them under a name of their own.

/** Compose takes the first of these that exists. */
export const baseNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'] as const;
/** Compose adds the first of these that exists, whatever the base is called. */
export const overrideNames = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
] as const;

const shape = /^[^\w]*(?:docker-)?compose[._-]?(.*?)\.(?:ya?ml|json)$/i;

export function isBaseName(name: string): boolean {
  return (baseNames as readonly string[]).includes(name);
}

export function isOverrideName(name: string): boolean {
  return (overrideNames as readonly string[]).includes(name);
}

/** Words of the part that names the variant: `docker-compose.prod-local.yml` gives `prod`, `local`; a base file gives none. */
export function variantWords(name: string): readonly string[] {
  const variant = shape.exec(name)?.[1] ?? name.replace(/\.(?:ya?ml|json)$/i, '').replace(/(?:docker-)?compose/i, '');
  return variant
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

/** Production files that are looked for beside a base file, so that judging the base alone sees what it is merged into. */
export function productionNames(base: string): readonly string[] {
  const match = /^(.*)\.(ya?ml|json)$/.exec(base);
  return match ? ['prod', 'production'].map(word => `${match[1]}.${word}.${match[2]}`) : [];
}
