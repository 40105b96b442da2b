// What a field of the configuration means, its type and its default.
import { platformField } from '../facts/platform-options.ts';
import type { Hover } from '../language.ts';
import { touches } from '../text/span.ts';
import type { PlatformModel } from './model.ts';

export function hoverAt({ settings }: PlatformModel, offset: number): Hover | undefined {
  const setting = settings.find(({ keySpan }) => touches(keySpan, offset));
  const field = setting && platformField(setting.path);
  if (!setting || !field) return undefined;
  const name = ['auth', ...setting.path].join('.');
  const facts = [
    field.type === 'map' ? 'block' : field.type,
    ...(field.values ? [`one of ${field.values.map(value => `\`${value}\``).join(', ')}`] : []),
    ...(field.default === undefined ? [] : [`default \`${JSON.stringify(field.default)}\``]),
    ...(field.type === 'map' ? [] : [`\`NMP_AUTH_${setting.path.join('__').toUpperCase()}\` sets it too`]),
  ];
  return { span: setting.keySpan, markdown: `\`${name}\` · ${facts.join(' · ')}\n\n${field.says}` };
}
