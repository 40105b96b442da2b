// The `auth` block of a platform's configuration as settings with their places. The YAML is read by the `yaml` library; what it cannot
// read is left out, since an editor for YAML says so already.
import { isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { SourceFile } from '../language.ts';
import type { FileId } from '../text/file-id.ts';
import type { Span } from '../text/span.ts';

export interface PlatformSetting {
  /** Below `auth`: `['oidc', 'issuer']`. */
  readonly path: readonly string[];
  readonly keySpan: Span;
  /** Of the value, without quotes; undefined where there is none. */
  readonly valueSpan: Span | undefined;
  /** As YAML reads it: text, number, boolean, null; undefined for lists and maps. */
  readonly scalar: unknown;
  /** The text of a scalar without its quotes. */
  readonly text: string | undefined;
  /** Items of a list that are texts. */
  readonly items: readonly string[] | undefined;
  readonly isMap: boolean;
}

export interface PlatformModel {
  readonly file: FileId;
  readonly source: string;
  readonly authSpan: Span | undefined;
  /** In the order of the text; a map comes before what is in it. */
  readonly settings: readonly PlatformSetting[];
}

export function buildModel({ id, text }: SourceFile): PlatformModel {
  const document = parseDocument(text, { lineCounter: new LineCounter(), keepSourceTokens: false, uniqueKeys: false, logLevel: 'silent' });
  const root = document.contents;
  const holder = isMap(root) ? (pairOf(root, 'platformConfig')?.value ?? root) : undefined;
  const auth = isMap(holder) ? pairOf(holder, 'auth') : undefined;
  const settings: PlatformSetting[] = [];
  if (auth && isMap(auth.value)) collect(auth.value, [], text, settings);
  return { file: id, source: text, authSpan: auth ? spanOf(auth.key) : undefined, settings };
}

function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && key.value === name);
}

function collect(map: YAMLMap, above: readonly string[], text: string, settings: PlatformSetting[]): void {
  for (const { key, value } of map.items) {
    const keySpan = spanOf(key);
    if (!isScalar(key) || typeof key.value !== 'string' || !keySpan) continue;
    const path = [...above, key.value];
    const whole = spanOf(value);
    const inner = whole && isScalar(value) ? withoutQuotes(whole, text) : whole;
    settings.push({
      path,
      keySpan,
      valueSpan: inner && inner.end > inner.start ? inner : undefined,
      scalar: isScalar(value) ? value.value : undefined,
      text: isScalar(value) && inner ? text.slice(inner.start, inner.end) : undefined,
      items: isSeq(value) ? value.items.flatMap(item => (isScalar(item) && typeof item.value === 'string' ? [item.value] : [])) : undefined,
      isMap: isMap(value),
    });
    if (isMap(value)) collect(value, path, text, settings);
  }
}

function spanOf(node: unknown): Span | undefined {
  const range = (node as { range?: readonly [number, number, number] | null } | null)?.range;
  return range ? { start: range[0], end: range[1] } : undefined;
}

function withoutQuotes({ start, end }: Span, text: string): Span {
  const quote = text[start];
  return (quote === '"' || quote === "'") && text[end - 1] === quote && end - start >= 2
    ? { start: start + 1, end: end - 1 }
    : { start, end };
}

/** The setting at a path below `auth`. */
export function settingAt({ settings }: PlatformModel, ...path: readonly string[]): PlatformSetting | undefined {
  return settings.find(one => one.path.length === path.length && one.path.every((name, i) => name === path[i]));
}

/** The text of a setting; undefined where it is absent, empty, or filled in by something else (`${ISSUER}`, `{{ .Values.issuer }}`). */
export function textAt(model: PlatformModel, ...path: readonly string[]): string | undefined {
  const text = settingAt(model, ...path)?.text;
  return text && !/[${}<>]/.test(text) ? text : undefined;
}

/** Whether a switch is on; `undefined` where it cannot be known. */
export function isOn(model: PlatformModel, ...path: readonly string[]): boolean | undefined {
  const setting = settingAt(model, ...path);
  if (!setting || setting.scalar === null) return false;
  if (typeof setting.scalar === 'boolean') return setting.scalar;
  if (typeof setting.scalar === 'string' && /^(true|yes|on|1)$/i.test(setting.scalar)) return true;
  return typeof setting.scalar === 'string' && /^(false|no|off|0)$/i.test(setting.scalar) ? false : undefined;
}
