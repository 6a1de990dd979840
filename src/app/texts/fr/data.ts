/** Step 1 in French: the tweets. */
import type { ComponentChildren } from 'preact';
import { byCount, formatBytes, formatCount, formatPercent } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';

export const data: Catalogue['data'] = {
  tweets: (count: number) =>
    byCount(count, { one: `${formatCount(count)} tweet`, other: `${formatCount(count)} tweets` }),
  tweetsKept: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} tweet gardé`,
      other: `${formatCount(count)} tweets gardés`,
    }),
  learnedFrom: (count: number) =>
    byCount(count, {
      one: `a appris de ${formatCount(count)} tweet, supprimé depuis`,
      other: `a appris de ${formatCount(count)} tweets, supprimés depuis`,
    }),
  learnedDeleted: 'Ces tweets ont été supprimés ici ; le bot garde ce qu’il a appris.',
  learnedChanged: (kept: number) =>
    byCount(kept, {
      one: `C’est là-dessus que le bot a été entraîné. Ses tweets ont changé depuis : ${formatCount(kept)} tweet est gardé maintenant.`,
      other: `C’est là-dessus que le bot a été entraîné. Ses tweets ont changé depuis : ${formatCount(kept)} tweets sont gardés maintenant.`,
    }),
  learnThem: 'Pour entraîner le bot avec eux, utilisez « Entraîner encore » sous « Vos bots ».',

  dropTitle: 'Déposez ici votre archive Twitter',
  dropFormats:
    'le ZIP tel que vous l’avez reçu, son dossier, ou des tweets en JSON, CSV ou texte brut',
  dropPromise: 'Rien de ce que vous déposez ne quitte cet ordinateur.',
  dropHere: 'Lâchez, et l’oiseau les lira',
  chooseFiles: 'Choisir des fichiers',
  chooseFolder: 'Choisir un dossier',

  helpTitle: 'Comment obtenir mon archive ?',
  helpOpen: (bold: Inline): ComponentChildren => [
    'Sur X, ouvrez ',
    bold('Paramètres et confidentialité'),
    ', puis ',
    bold('Votre compte'),
    ', puis ',
    bold('Télécharger une archive de vos données'),
    '.',
  ],
  helpRequest: (bold: Inline): ComponentChildren => [
    'Confirmez que c’est bien vous et cliquez sur ',
    bold('Demander une archive'),
    '. X met environ un jour à la préparer.',
  ],
  helpDownload: 'Quand X vous dit qu’elle est prête, téléchargez le fichier ZIP et déposez-le ici.',
  helpFiles: (bold: Inline): ComponentChildren => [
    'Inutile de le décompresser, quelle que soit sa taille : Mynah y lit vos tweets et n’ouvre jamais vos messages, vos contacts ni vos médias, sauf votre photo de profil. Vous pouvez aussi déposer le dossier décompressé, ou son fichier ',
    bold('data/tweets.js'),
    ' avec ',
    bold('tweets-part1.js'),
    ' et les suivants s’il y en a. Les archives de toutes les années conviennent, tout comme les exports de Mastodon et de Bluesky, ce que votre navigateur a enregistré pendant que vous faisiez défiler votre profil (',
    bold('.har'),
    '), et plusieurs de ces fichiers à la fois. Les fichiers posés à côté d’une archive ne sont pas lus.',
  ],
  withHidden:
    'Lire aussi les tweets que j’ai supprimés récemment et ceux qui n’ont jamais été publics',

  phases: {
    opening: 'Ouverture',
    reading: 'Lecture',
    cleaning: 'Nettoyage',
    saving: 'Enregistrement',
  },
  importing: {
    opening: (files: ComponentChildren): ComponentChildren => ['Ouverture de ', files],
    reading: (files: ComponentChildren): ComponentChildren => ['Lecture de ', files],
    cleaning: (files: ComponentChildren): ComponentChildren => ['Nettoyage de ', files],
    saving: (files: ComponentChildren): ComponentChildren => ['Enregistrement de ', files],
  },
  bytesOf: (done: number, total: number) => `${formatBytes(done)} sur ${formatBytes(total)}`,
  filesAndOthers: (names: string, others: number) =>
    byCount(others, {
      one: `${names} et ${formatCount(others)} autre`,
      other: `${names} et ${formatCount(others)} autres`,
    }),
  quoted: (name: string) => `« ${name} »`,

  missingPart: (file: string, expected: number | null) =>
    expected === null
      ? `« ${file} », avec des tweets, n’est pas là. S’il a été laissé de côté, déposez toutes les parties en une fois ; sinon, téléchargez l’archive à nouveau.`
      : byCount(expected, {
          one: `« ${file} », avec ${formatCount(expected)} tweet, n’est pas là. S’il a été laissé de côté, déposez toutes les parties en une fois ; sinon, téléchargez l’archive à nouveau.`,
          other: `« ${file} », avec ${formatCount(expected)} tweets, n’est pas là. S’il a été laissé de côté, déposez toutes les parties en une fois ; sinon, téléchargez l’archive à nouveau.`,
        }),
  countMismatch: (file: string, found: number, expected: number) =>
    byCount(found, {
      one: `« ${file} » contient ${formatCount(found)} tweet, alors que la liste de l’archive en annonce ${formatCount(expected)}. Si vous ne l’avez pas modifié, téléchargez l’archive à nouveau.`,
      other: `« ${file} » contient ${formatCount(found)} tweets, alors que la liste de l’archive en annonce ${formatCount(expected)}. Si vous ne l’avez pas modifié, téléchargez l’archive à nouveau.`,
    }),
  duplicatePart: (file: string) =>
    `« ${file} » est là plus d’une fois : c’est le dernier qui a été lu.`,
  repeatedTweets: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} tweet est venu plusieurs fois et a été lu une fois.`,
      other: `${formatCount(count)} tweets sont venus plusieurs fois et ont été lus une fois.`,
    }),
  filesLeft: (count: number, groups: readonly string[], more: number) => {
    const others =
      more === 0
        ? ''
        : byCount(more, {
            one: `, et ${formatCount(more)} autre fichier`,
            other: `, et ${formatCount(more)} autres fichiers`,
          });
    return byCount(count, {
      one: `${formatCount(count)} fichier n’a pas été lu : ${groups.join(' ; ')}${others}.`,
      other: `${formatCount(count)} fichiers n’ont pas été lus : ${groups.join(' ; ')}${others}.`,
    });
  },
  leftGroup: (files: string, reason: string) => `${files} (${reason})`,
  leftReasons: {
    empty: 'vide',
    'not-a-zip': 'pas un ZIP, malgré son nom',
    truncated: 'finit trop tôt, comme si son téléchargement avait été coupé',
    damaged: 'endommagé',
    'not-json': 'endommagé',
    encrypted: 'protégé par un mot de passe : à décompresser d’abord',
    'too-large': 'bien trop gros, une fois décompressé, pour les tweets de qui que ce soit',
    packed: 'compressé d’une façon que Mynah ne sait pas lire : à décompresser d’abord',
    encoding: 'dans un encodage que Mynah ne reconnaît pas : à enregistrer en UTF-8',
    'unknown-format': 'dans un format que Mynah ne connaît pas',
    unreadable: 'impossible à ouvrir pour votre navigateur',
    'no-tweets': 'ne contient pas de tweets',
    'not-tweets': 'pas fait pour des tweets',
    'beside-archive':
      'à côté d’une archive, seule l’archive est lue : à ajouter ensuite s’il contient des tweets',
    'bot-or-model': 'un bot ou un modèle, ouvert comme tel',
    'no-text-column': 'aucune de ses colonnes ne s’appelle text ou tweet',
    'too-many': 'plus que ce que Mynah lit en une fois',
  },
  moreWarnings: (count: number) =>
    byCount(count, {
      one: `Et ${formatCount(count)} autre fichier de ce genre.`,
      other: `Et ${formatCount(count)} autres fichiers de ce genre.`,
    }),

  columnQuestion: 'Quelle colonne contient les tweets ?',
  columnQuestionOf: (file: string) => `Quelle colonne de « ${file} » contient les tweets ?`,
  column: (number: number) => `Colonne ${formatCount(number)}`,

  noneAdded: 'Aucun tweet n’était nouveau.',
  added: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} nouveau tweet ajouté.`,
      other: `${formatCount(count)} nouveaux tweets ajoutés.`,
    }),
  thereAlready: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} tweet était déjà là.`,
      other: `${formatCount(count)} tweets étaient déjà là.`,
    }),
  lengthened: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} tweet a maintenant plus de texte.`,
      other: `${formatCount(count)} tweets ont maintenant plus de texte.`,
    }),
  learnNewToo:
    'Pour entraîner aussi un bot avec les nouveaux tweets, utilisez « Entraîner encore » sous « Vos bots ».',
  sameAccount: (strong: Inline, account: string): ComponentChildren => [
    strong(`Il y a déjà ici des tweets de @${account}.`),
    ' Ceux-ci en restent séparés jusqu’à ce que vous réunissiez les deux. Un tweet présent dans les deux compte une fois.',
  ],

  countsOfAll: 'Ensemble',
  counts: {
    read: 'Tweets lus',
    retweets: 'Retweets',
    short: 'Tweets courts',
    other: 'Autres écartés',
    kept: 'Tweets gardés',
  },
  countedUsually:
    'Les retweets sont les mots de quelqu’un d’autre, et les tweets de moins de trois mots en disent trop peu : l’oiseau n’apprend donc pas avec eux.',
  countedOwn: 'Compté avec vos propres filtres.',
  threadsJoined: (texts: number) =>
    byCount(texts, {
      one: `Les fils sont réunis, ce qui fait ${formatCount(texts)} texte.`,
      other: `Les fils sont réunis, ce qui fait ${formatCount(texts)} textes.`,
    }),
  damagedEntries: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} entrée du fichier n’a pas pu être lue comme un tweet et a été ignorée.`,
      other: `${formatCount(count)} entrées du fichier n’ont pas pu être lues comme des tweets et ont été ignorées.`,
    }),

  shares: 'À quel point le bot tient de chacun',
  sharesHint:
    'Qui a moins écrit est lu plus souvent, pour que tous pèsent autant. Déplacez un curseur pour changer cela.',
  shareOf: (share: number) => `${formatPercent(share)} de ce que lit le bot`,

  little: (strong: Inline, characters: number, comfortable: number): ComponentChildren => [
    strong(
      byCount(characters, {
        one: `C’est peu pour apprendre : ${formatCount(characters)} caractère.`,
        other: `C’est peu pour apprendre : ${formatCount(characters)} caractères.`,
      }),
    ),
    ` En dessous de ${formatCount(comfortable)}, l’oiseau risque d’apprendre des tweets par cœur et de les répéter.`,
  ],
  noneKept: 'Aucun tweet n’est encore gardé.',
  notEnough: (characters: number) =>
    byCount(characters, {
      one: `Ce n’est pas assez pour apprendre : ${formatCount(characters)} caractère.`,
      other: `Ce n’est pas assez pour apprendre : ${formatCount(characters)} caractères.`,
    }),
  needed: (characters: number) => `Il faut au moins ${formatCount(characters)} caractères.`,
  keepSome: (leftOut: number) =>
    byCount(leftOut, {
      one: `${formatCount(leftOut)} tweet est écarté. Gardez-le, ou ajoutez des tweets.`,
      other: `${formatCount(leftOut)} tweets sont écartés. Gardez-en certains, ou ajoutez des tweets.`,
    }),
  addMore: 'Ajoutez des tweets.',
  leftOut: 'Ce qui est écarté',
  keepThem: 'Les garder',
  keepThemOf: (reason: string) => `Les garder : ${reason}`,
  shortReason: (minimumWords: number) =>
    byCount(minimumWords, {
      one: `Courts (moins de ${formatCount(minimumWords)} mot, sans compter liens, mentions et hashtags)`,
      other: `Courts (moins de ${formatCount(minimumWords)} mots, sans compter liens, mentions et hashtags)`,
    }),
  nothingButLinks: 'Rien que des liens',

  confirmDelete: (count: number, name: string) =>
    byCount(count, {
      one: `Supprimer le tweet (${formatCount(count)}) de « ${name} » ? Toutes ses copies dans ce navigateur seront supprimées, y compris celles enregistrées pour l’entraînement. Les bots entraînés avec lui restent et peuvent encore écrire, mais plus être entraînés davantage.`,
      other: `Supprimer les ${formatCount(count)} tweets de « ${name} » ? Toutes leurs copies dans ce navigateur seront supprimées, y compris celles enregistrées pour l’entraînement. Les bots entraînés avec eux restent et peuvent encore écrire, mais plus être entraînés davantage.`,
    }),
  useOthers: 'Utiliser d’autres tweets',
  savedFormats: { txt: 'texte', jsonl: 'JSON Lines' },
  datasetOption: (name: string, added: string) => `${name}, ${added}`,
};
