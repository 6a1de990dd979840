/** How a token is named where it can't be shown as it is. */
import { certainty } from '../texts/en/certainty.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('certainty', certainty);

/** @param text Null for the end of the tweet. */
export function nameOfToken(text: string | null, isPart = false): string {
  if (text === null) return texts.endOfTweet;
  if (isPart) return texts.partOfCharacter;
  if (/^\n+$/.test(text)) return texts.lineBreak;
  return text.trim() === '' ? texts.space : text;
}
