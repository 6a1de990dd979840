/** Finds English in what the page says of an error in another language: then the engine has sent a sentence. */
import { errorText } from '../../src/app/error-text/error-text.ts';
import { speak } from '../../src/app/texts/language.ts';
import { toErrorData } from '../../src/core/errors.ts';

/** They aren't written with Latin letters, so only names and values are. */
const SCRIPTS = ['ja', 'zh', 'ar'];
/** Two words, the second in lower case. Names of programs and files have no such pair. */
const ENGLISH = /\p{Script=Latin}[\p{Script=Latin}’']*[,:;]? \p{Ll}\p{Script=Latin}+/u;

/** The sentences with English words in them, for an error that was thrown. */
export async function englishIn(error: unknown): Promise<readonly string[]> {
  const data = toErrorData(error);
  const found: string[] = [];
  for (const language of SCRIPTS) {
    await speak(language);
    const { sentence } = errorText(data);
    if (ENGLISH.test(sentence)) found.push(sentence);
  }
  await speak('en');
  return found;
}
