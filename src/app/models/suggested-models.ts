/** Which models of the list are suggested for what the user has typed, or for the language of the tweets. */
import { HUB_MODELS, type HubModel, modelsForLanguage } from '../../domain/hub-models.ts';
import { searchable } from '../../domain/search-text.ts';
import { formatLanguage } from '../format.ts';

export interface Suggestions {
  readonly models: readonly HubModel[];
  /** Whether the text names a language. Then it isn't the name of a model. */
  readonly isLanguage: boolean;
}

const english = new Intl.DisplayNames('en', { type: 'language' });

/** `German`, `Deutsch`, and its name in the page's language. */
function namesOf(code: string): readonly string[] {
  const own = new Intl.DisplayNames(code, { type: 'language' });
  return [english.of(code) ?? code, own.of(code) ?? code, formatLanguage(code)];
}

/**
 * @param text What has been typed: the beginning of a language's name (in English, in itself or in the page's
 *   language), its code, or a part of a model's name. If it is empty, the languages of the tweets decide.
 * @param languages Those of the tweets, the most frequent first.
 */
export function suggestedModels(text: string, languages: readonly string[]): Suggestions {
  const typed = searchable(text.trim());
  if (typed === '') return { models: languages.flatMap(modelsForLanguage), isLanguage: false };
  const ofLanguage = HUB_MODELS.filter(({ language }) =>
    typed.length < 2
      ? false
      : typed === language || namesOf(language).some((name) => searchable(name).startsWith(typed)),
  );
  if (ofLanguage.length > 0) return { models: ofLanguage, isLanguage: true };
  const named = HUB_MODELS.filter(({ repository }) => searchable(repository).includes(typed));
  return { models: typed.length < 2 ? [] : named, isLanguage: false };
}
