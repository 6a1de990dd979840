/** The page around the three steps, in German. */
import type { ComponentChildren } from 'preact';
import { byCount, formatBytes, formatCount, formatProgress } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';

export const page: Catalogue['page'] = {
  title: 'Mynah: Bring einem Vogel bei, wie du zu twittern',
  titleInTraining: (share: number) => `${formatProgress(share)} trainiert · Mynah`,
  heroTitle: 'Bring einem Vogel bei, wie du zu twittern',
  hero: 'Gib ihm dein Twitter-Archiv. Er lernt deinen Stil in dieser Seite, auf deinem eigenen Computer, und schreibt dann neue Tweets, sogar offline.',
  trainedElsewhere: 'Hast du einen Bot anderswo trainiert?',

  themes: { system: 'wie im System', light: 'hell', dark: 'dunkel' },

  trainWaiting: 'Ein kleines GPT-2 lernt auf diesem Computer, wie du schreibst.',
  trained: (steps: number) =>
    byCount(steps, {
      one: `${formatCount(steps)} Schritt trainiert`,
      other: `${formatCount(steps)} Schritte trainiert`,
    }),
  trainedWithLoss: (steps: number, first: string, last: string) =>
    byCount(steps, {
      one: `${formatCount(steps)} Schritt trainiert, Loss ${first} → ${last}`,
      other: `${formatCount(steps)} Schritte trainiert, Loss ${first} → ${last}`,
    }),

  writeWaiting: 'Dein Bot wird neue Tweets in deinem Ton schreiben, sogar offline.',
  writeInTraining:
    'Das geht, wenn das Training fertig ist. Pausiere das Training, um früher zu schreiben.',

  readyOffline: 'Offline bereit',
  notOffline:
    'Dieser Browser speichert die Seite nicht. Sie braucht also das Netz, um sich wieder zu öffnen',
  tweetsStay: 'Deine Tweets bleiben auf diesem Computer',
  storageUnknown: 'Dieser Browser verrät nicht, wie viel er speichert',
  stored: (used: number, quota: number) =>
    `${formatBytes(used)} von ${formatBytes(quota)} gespeichert`,
  downloading: (model: string) => `${model} wird heruntergeladen`,
  downloadingShare: (model: string, share: number) =>
    `${model} wird heruntergeladen, ${formatProgress(share)}`,
  licences: 'Lizenzen',
  languageMissing:
    'Diese Sprache ließ sich nicht laden. Stelle eine Netzwerkverbindung her und wähle sie noch einmal.',
  update: 'Eine neue Version von Mynah ist da.',
  updateOtherTab:
    'Eine neue Version von Mynah ist da. Du kannst neu laden, wenn kein anderer Tab mehr arbeitet.',
  updateWhenDone:
    'Eine neue Version von Mynah ist da. Du kannst neu laden, wenn das hier fertig ist.',
  reload: 'Neu laden',
  reloadPage: 'Seite neu laden',

  partMissing: 'Dieser Teil der Seite ließ sich nicht laden.',
  tryAgain: 'Erneut versuchen',

  oneTabAssumed: (strong: Inline): ComponentChildren => [
    strong('Dieser Browser kann nicht sagen, ob Mynah in einem anderen Tab offen ist.'),
    ' Verwende es nur in einem Tab: Zwei würden einander die Arbeit löschen.',
  ],
  notKept: 'Hier geht trotzdem alles, es bleibt aber nur, solange diese Seite offen ist.',
  saveBeforeClosing: (strong: Inline, emphasis: Inline): ComponentChildren => [
    strong('Speichere deinen Bot in einer Datei, bevor du sie schließt'),
    ' (mit ',
    emphasis('Exportieren'),
    ' in der Liste deiner Bots).',
  ],
  outdated: 'Eine neue Version von Mynah hat diese ersetzt.',
  outdatedReload:
    'Teile dieser Seite lassen sich nicht mehr laden. Was gespeichert ist, ist sicher: Lade die Seite neu, um mit der neuen Version weiterzumachen.',
  outdatedTraining: 'Das Training deines Bots pausiert vorher und lässt sich fortsetzen.',
  cleared: 'Was diese Website gespeichert hatte, ist gelöscht worden, während dein Bot trainierte.',
  clearedRest:
    'Andere Bots, Tweets und Modelle sind weg. Der Bot im Training und seine Tweets waren noch im Arbeitsspeicher: Sie sind wieder gespeichert, und das Training geht weiter.',
  elsewhere: 'Mynah ist in einem anderen Tab offen.',
  elsewhereNext: 'Mach dort weiter, oder schließe jenen Tab und versuche es hier noch einmal.',
  waking: 'Der Vogel wird geweckt…',
  wakingWhy: 'Vielleicht ist er noch in einem anderen Tab beschäftigt.',
  insecure: 'Mynah braucht eine sichere Adresse.',
  insecureRest: (code: Inline): ComponentChildren => [
    'Es wurde über einfaches ',
    code('http://'),
    ' geöffnet. Dort sperren Browser, was es braucht, um deine Tweets und deinen Bot aufzubewahren. Öffne es mit ',
    code('https://'),
    ' in der Adresse, oder auf dem Computer, der es bereitstellt, als ',
    code('http://localhost'),
    '.',
  ],
};
