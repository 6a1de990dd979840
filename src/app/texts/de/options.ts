/** The choice Custom, and the bounds and names of training options, in German. */
import { MAX_WARMUP_STEPS } from '../../../domain/training-options.ts';
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const options: Catalogue['options'] = {
  custom: 'Eigene',
  customDescription: (preset: string) =>
    `Deine eigenen Werte, unter „Erweitert“. Wo du keine setzt, gelten die von „${preset}“.`,
  backToPreset: 'Zurück zur Voreinstellung',
  bounds: {
    tokens: (min: string, max: string) => `Von ${min} bis ${max} Tokens.`,
    steps: (min: string, max: string) => `Von ${min} bis ${max} Schritten.`,
    passes: (min: string, max: string) => `Von ${min} bis ${max} Durchgängen.`,
    evaluations: (min: string, max: string) => `Von ${min} bis ${max} Auswertungen.`,
    share: (min: string, max: string) => `Ein Anteil von ${min} bis ${max}.`,
    none: (min: string, max: string) => `Von ${min} bis ${max}, ohne Einheit.`,
  },
  fields: {
    mode: {
      label: 'Was trainiert wird',
      hint: 'Ein Adapter braucht weniger Arbeitsspeicher und Platz und lernt etwas weniger von dir.',
      choices: { full: 'Das ganze Modell', lora: 'Ein kleiner Adapter (LoRA)' },
    },
    loraRank: {
      label: 'Größe des Adapters',
      hint: 'Der Rang der Matrizen des Adapters: Ein größerer kann mehr lernen und braucht mehr Arbeitsspeicher.',
    },
    checkpointing: {
      label: 'Weniger Arbeitsspeicher',
      hint: 'Manches wird zweimal berechnet, statt aufgehoben zu werden. Das dauert etwa ein Viertel länger.',
    },
    steps: {
      label: 'Schritte',
      hint: 'Wie oft der Bot angepasst wird. Wenn du das setzt, haben die Epochen keine Wirkung.',
    },
    epochs: { label: 'Epochen', hint: 'Wie oft er alle deine Tweets liest.' },
    learningRate: {
      label: 'Lernrate',
      hint: 'Wie stark jeder Schritt den Bot höchstens verändert.',
    },
    tokensPerStep: {
      label: 'Tokens pro Schritt',
      hint: 'Wie viel er vor jeder Änderung liest, in ganzen Blöcken.',
    },
    blockLength: {
      label: 'Blocklänge',
      hint: 'Wie viel Text er auf einmal sieht, höchstens so viel, wie das Modell kann.',
    },
    dropout: {
      label: 'Dropout',
      hint: 'Der Anteil der Aktivierungen, die jeder Schritt auf 0 setzt, gegen das Auswendiglernen.',
    },
    warmup: {
      label: 'Aufwärmphase',
      hint: `Der Anteil der Schritte, in denen die Lernrate steigt, höchstens ${MAX_WARMUP_STEPS} Schritte.`,
    },
    replyContext: {
      label: 'Antworten lernen',
      hint: (count) =>
        `${byCount(count, {
          one: 'Einer deiner Tweets antwortet auf einen anderen von dir oder zitiert ihn',
          other: `${formatCount(count)} deiner Tweets antworten auf einen anderen von dir oder zitieren ihn`,
        })}. Liest der Bot sie nach diesem, lernt er zu antworten. Was andere geschrieben haben, steht in keinem Archiv.`,
    },
    weightDecay: {
      label: 'Weight Decay',
      hint: 'Wie stark jeder Schritt die Gewichte zur Null zieht.',
    },
    patience: {
      label: 'Geduld',
      hint: 'Nach so vielen Blicken auf zurückgehaltene Tweets ohne besseren Loss hört er vorzeitig auf, bei 0 nie.',
    },
    isUnmixed: {
      label: 'Genau wie trainiert lassen',
      hint: 'Sonst werden seine Gewichte mit denen vom Anfang gemischt, wenn er zurückgehaltene Tweets dann besser vorhersagt.',
    },
    seed: {
      label: 'Seed',
      hint: 'Derselbe Seed mit denselben Einstellungen und Tweets ergibt auf demselben Computer denselben Bot.',
    },
  },
  placeholders: { preset: 'Aus der Voreinstellung', model: 'Vom Modell', random: 'Zufällig' },
  hasNoEffect: 'Die Schritte sind gesetzt, deshalb hat das keine Wirkung.',
  tooMuch: 'Dieses ganze Modell zu trainieren wäre zu viel.',
  conflicts: {
    context: (most: number) =>
      `Dieses Modell sieht höchstens ${formatCount(most)} Tokens auf einmal.`,
    step: (most: number) =>
      `Ein Block kann nicht länger sein als ein Schritt, und der hat ${formatCount(most)} Tokens.`,
    wholeBlocks: (tokens: number) =>
      `Ein Schritt muss aus ganzen Blöcken bestehen: Gib ${formatCount(tokens)} ein.`,
    wholeBlocksEither: (below: number, above: number) =>
      `Ein Schritt muss aus ganzen Blöcken bestehen: Gib ${formatCount(below)} oder ${formatCount(above)} ein.`,
  },
};
