// A value of the wrong type stops the platform at its start, or is read as something else.
import { type PlatformField, platformField } from '../../facts/platform-options.ts';
import type { Fix } from '../../lint/finding.ts';
import { defineRule } from '../../lint/rule.ts';
import type { PlatformModel, PlatformSetting } from '../model.ts';

const words = { boolean: '`true` or `false`', number: 'a number', string: 'a text', list: 'a list', map: 'a block of fields' };

export default defineRule<PlatformModel>({
  id: 'platform/wrong-type',
  severity: 'warning',
  since: '0.1.0',
  *check({ settings, file, source }) {
    for (const setting of settings) {
      const field = platformField(setting.path);
      if (!field || setting.scalar === null || isTemplate(setting) || fits(setting, field)) continue;
      const { valueSpan, keySpan, path } = setting;
      const name = ['auth', ...path].join('.');
      const fix: Fix | undefined =
        field.type === 'list' && valueSpan && setting.text
          ? {
              title: 'Write a list',
              safety: 'safe',
              edits: () => [{ file, span: wholeOf(setting), newText: `[${JSON.stringify(setting.text)}]` }],
            }
          : undefined;
      yield {
        span: valueSpan ?? keySpan,
        message: field.values
          ? `\`${name}\` takes ${field.values.map(value => `\`${value}\``).join(' or ')}, so this value is refused. Write one of them.`
          : `\`${name}\` takes ${words[field.type]}, so this value is refused at the start. Write it as ${words[field.type]}.`,
        ...(fix ? { fix } : {}),
      };
    }

    function wholeOf({ valueSpan }: PlatformSetting) {
      const { start, end } = valueSpan as { start: number; end: number };
      return { start: start - (isQuoted(start - 1) ? 1 : 0), end: end + (isQuoted(end) ? 1 : 0) };
    }

    function isQuoted(at: number): boolean {
      return at >= 0 && (source.charAt(at) === '"' || source.charAt(at) === "'");
    }
  },
});

function isTemplate({ text }: PlatformSetting): boolean {
  return text !== undefined && /\$\{|\{\{|\$[A-Z_]/.test(text);
}

/** Texts of numbers and switches are read as such. */
function fits({ scalar, isMap, items }: PlatformSetting, { type, values }: PlatformField): boolean {
  switch (type) {
    case 'map':
      return isMap;
    case 'list':
      return items !== undefined;
    case 'boolean':
      return (
        typeof scalar === 'boolean' ||
        (typeof scalar === 'string' && /^(true|false|yes|no|on|off|t|f|y|n|1|0)$/i.test(scalar)) ||
        scalar === 0 ||
        scalar === 1
      );
    case 'number':
      return typeof scalar === 'number' || (typeof scalar === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(scalar));
    case 'string':
      return typeof scalar === 'string' && (values === undefined || values.includes(scalar));
  }
}
