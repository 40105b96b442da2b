// Is a text a file of NATS credentials? By its name where its content agrees, or by its content alone where that is nothing else.
import { readNkey } from '../nats-auth/nkey.ts';
import { nameOf } from '../text/file-id.ts';

const credsName = /\.(creds|nk)$/i;
/** What nsc writes between the dashes, also where it was damaged. */
const armour = /(?<!-)-{2,} {0,4}(?:BEGIN|END) {1,4}(?:NATS {1,4}[A-Z]{1,20} {1,4}JWT|[A-Z]{1,20} {1,4}NKEY {1,4}SEED)\b/i;
const beginsAsArmour = /^\s*-{3,}\s*BEGIN NATS (?:OPERATOR|ACCOUNT|USER|ACTIVATION) JWT\s*-{3,}/;
const looksLikeSeed = /^[ \t]*S[ACNOUX][A-Z2-7]{30,80}[ \t\r]*$/m;

/** Other programs name files `.creds` too, so a name alone counts only for a file whose text is not known. */
export function looksLikeCreds(file: { readonly id: string; readonly text: string }): boolean {
  const { id, text } = file;
  if (credsName.test(nameOf(id))) return text === '' || armour.test(text) || looksLikeSeed.test(text) || /^\s*eyJ/.test(text);
  if (beginsAsArmour.test(text)) return true;
  // Longer than a seed with its line break, it is more than a seed.
  return text.length < 120 && readNkey(text.trim())?.kind === 'seed';
}
