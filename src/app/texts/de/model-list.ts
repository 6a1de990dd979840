/** The list of base models, and how others are added to it, in German. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const modelList: Catalogue['modelList'] = {
  starter: 'Klein und schnell. Schnappt deine Wörter und Themen auf.',
  downloadPromise:
    'Ein Download fragt den Hub nach den Dateien des Modells und nach sonst nichts. Deine Tweets bleiben hier.',
  deleteOf: (name: string) => `${name} löschen`,
  confirmDownloaded: (name: string) =>
    `${name} löschen? Um es wieder zu verwenden, muss es noch einmal heruntergeladen werden.`,
  confirmAdded: (name: string) =>
    `${name} löschen? Um es wieder zu verwenden, muss es noch einmal hinzugefügt werden.`,
  deleteModel: 'Modell löschen',
  pausedAt: (done: number) => `Pausiert: ${formatBytes(done)} sind hier`,
  pausedAtOf: (done: number, total: number) =>
    `Pausiert: ${formatBytes(done)} von ${formatBytes(total)} sind hier`,
  cancel: 'Abbrechen',
  resume: 'Fortsetzen',
  download: 'Herunterladen',
  downloadBytes: (bytes: number) => `${formatBytes(bytes)} herunterladen`,
  opening: (name: string) => `Öffnet ${name}…`,
  checked: (done: number, total: number) =>
    `${formatBytes(done)} von ${formatBytes(total)} geprüft`,
  saved: (done: number, total: number) =>
    `${formatBytes(done)} von ${formatBytes(total)} gespeichert`,
  adding: (name: string) => `${name} wird hinzugefügt`,

  wrongName: 'Schreib es als owner/name, oder füge die Adresse seiner Seite ein.',
  mirror: 'Wenn du einen Spiegel des Hubs verwendest',
  mirrorHint:
    'Von allein geht nur huggingface.co: Einen Spiegel muss erlauben, wer diese Seite betreibt. Leer für den Hub selbst.',
  wrongAddress: 'Eine Adresse, die mit https:// beginnt.',

  fromComputer: 'Ein Modell von diesem Computer',
  dropIt:
    'Oder eins von diesem Computer: Zieh seinen Ordner, seine Dateien oder sein ZIP hierher, so wie sie auf dem Hub sind.',
  chooseFiles: 'Dateien oder ZIP wählen',
  chooseFolder: 'Ordner wählen',
};
