// Whether a command changes something on the other side, for which it needs more than the permission to read.
import type { Invocation } from './model.ts';

const writingWords = /^(create|update|delete|upload|import|put|apply|submit|cancel|bind|add|remove|set)$/;

/** False where nothing tells, and for requests for tokens. */
export function isWriting({ program, arguments: words, options }: Invocation): boolean {
  if (program === 'nemo') return words[0]?.text !== 'auth' && words.some(({ text }) => writingWords.test(text));
  if (program !== 'curl' || words.some(({ text }) => /\/(token|login|oauth)/.test(text))) return false;
  const method = options.find(({ name }) => name === '--request')?.value?.text.toUpperCase();
  if (method !== undefined) return ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method);
  return options.some(({ name }) => /^--(data|json|form|upload-file)/.test(name)) && !options.some(({ name }) => name === '--get');
}
