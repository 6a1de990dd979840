/**
 * Guesses the language that most of the tweets are in, if the tweets don't say it: by their script, if only one language
 * is written in it, and otherwise by the most common words of each language. It is a guess about all tweets together.
 * For a single tweet it would often be wrong.
 */

/** The maximum number of tweets that are looked at. They are taken evenly from all. */
const MAX_LOOKED_AT = 500;
/** A script counts if this share of all letters is in it. */
const MIN_SCRIPT_SHARE = 0.5;
/** In running text, a fifth of the words or more are among the common ones of its language; in tweets, less. */
const MIN_WORD_SHARE = 0.1;
/** The best language has to have this many times the common words of the second. */
const MIN_LEAD = 1.15;

/**
 * Scripts, with the language that is usually written in each, and with others that have letters of their own: the first
 * of these whose letters are common in the tweets is taken instead.
 */
const SCRIPTS: readonly (readonly [
  script: RegExp,
  usual: string,
  others: readonly (readonly [letters: RegExp, language: string])[],
])[] = [
  [
    /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
    'zh',
    [[/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja']],
  ],
  [/\p{Script=Hangul}/u, 'ko', []],
  [
    /\p{Script=Cyrillic}/u,
    'ru',
    [
      [/[іїєґ]/iu, 'uk'],
      [/[јљњћђџ]/iu, 'sr'],
    ],
  ],
  [
    /\p{Script=Arabic}/u,
    'ar',
    [
      [/[ٹڈڑے]/u, 'ur'],
      [/[پچژگ]/u, 'fa'],
    ],
  ],
  [/\p{Script=Hebrew}/u, 'he', []],
  [/\p{Script=Greek}/u, 'el', []],
  [/\p{Script=Thai}/u, 'th', []],
  [/\p{Script=Devanagari}/u, 'hi', []],
  [/\p{Script=Bengali}/u, 'bn', []],
  [/\p{Script=Tamil}/u, 'ta', []],
  [/\p{Script=Telugu}/u, 'te', []],
  [/\p{Script=Georgian}/u, 'ka', []],
  [/\p{Script=Armenian}/u, 'hy', []],
];
/** The letters of another language count as common if at least this share of the script's letters are such. */
const OWN_LETTERS = 1 / 100;

/** The most common words of each language, as far as few others of these languages have them too. */
const COMMON: Readonly<Record<string, string>> = {
  en: 'the and to of is that it was for you with are this but not have they my be on at so just what',
  de: 'der die das und ist nicht ich ein eine zu mit den auf für auch es von sich wie noch aber im dem wir',
  fr: 'le les et des est pas que je une dans pour qui sur ne pas avec il au plus ce mais vous nous du cette',
  es: 'el los que y no es por una las se con para lo del como pero más me mi está muy ya porque todo',
  pt: 'o que não e os um uma é para com do da em se mais na por como mas eu ele foi muito isso você',
  it: 'il che di non è per una sono con gli ma si del della mi anche più le questo ho come nel io perché',
  nl: 'de het een en van ik dat niet is op te zijn met voor maar ook je er wat aan als nog heb naar',
  sv: 'och att det är som en på jag inte för med har till den av men om så ett nu hur vad bara från',
  da: 'og at det er som en på jeg ikke for med har til den af men om så et nu hvor hvad bare fra',
  no: 'og at det er som en på jeg ikke for med har til den av men om så et nå hvor hva bare fra',
  fi: 'ja on ei se että oli olen mutta niin kun hän ovat myös nyt jos kuin mitä vain sitten minun minä',
  pl: 'i nie się w na to jest że z do co jak ale po tak za od już mnie czy tylko by może są',
  cs: 'a je se na že to v jsem s ale do jak by tak co pro za jsou už jen když nebo není',
  ro: 'și nu de la că este cu pe din un în mai sunt dar care ce pentru am fi o fost după asta',
  hu: 'a az és nem hogy is egy ez de van volt csak meg már mint ha még most lesz vagy nagyon',
  tr: 'bir ve bu ne da de için çok var mi ama ben daha gibi kadar sen değil olan diye bana şey',
  id: 'yang dan di ini itu dengan untuk tidak aku dari saya ada akan juga kamu sudah bisa lagi ke aja',
  vi: 'là của và không có một được cho người tôi này với những các đã trong thì mà như khi cũng',
};

/** An ISO 639-1 code such as `de`. Null if the texts are too few, mixed, or in a language that isn't known here. */
export function guessLanguage(texts: readonly string[]): string | null {
  const every = Math.max(1, Math.ceil(texts.length / MAX_LOOKED_AT));
  const all = texts
    .filter((_, i) => i % every === 0)
    .join('\n')
    // Links and names say nothing of the language.
    .replaceAll(/https?:\S*|[@#]\S+/g, ' ');
  return byScript(all) ?? byWords(all);
}

function byScript(text: string): string | null {
  const letters = text.match(/\p{L}/gu) ?? [];
  for (const [script, usual, others] of SCRIPTS) {
    const own = letters.filter((letter) => script.test(letter));
    if (own.length === 0 || own.length < MIN_SCRIPT_SHARE * letters.length) continue;
    const found = others.find(
      ([letter]) => own.filter((each) => letter.test(each)).length >= OWN_LETTERS * own.length,
    );
    return found?.[1] ?? usual;
  }
  return null;
}

function byWords(text: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const counts = Object.entries(COMMON).map(([language, list]) => {
    const common = new Set(list.split(' '));
    return { language, count: words.filter((word) => common.has(word)).length };
  });
  const [first, second] = counts.toSorted((a, b) => b.count - a.count);
  if (first === undefined || second === undefined) return null;
  const isSure =
    first.count >= MIN_WORD_SHARE * words.length && first.count >= MIN_LEAD * second.count;
  return isSure && first.count > 0 ? first.language : null;
}
