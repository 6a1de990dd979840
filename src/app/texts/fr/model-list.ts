/** The list of base models, and how others are added to it, in French. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const modelList: Catalogue['modelList'] = {
  starter: 'Petit et rapide. Reprend vos mots et vos sujets.',
  downloadPromise:
    'Un téléchargement demande au Hub les fichiers du modèle et rien d’autre. Vos tweets restent ici.',
  deleteOf: (name: string) => `Supprimer ${name}`,
  confirmDownloaded: (name: string) =>
    `Supprimer ${name} ? Pour l’utiliser à nouveau, il faudra le retélécharger.`,
  confirmAdded: (name: string) =>
    `Supprimer ${name} ? Pour l’utiliser à nouveau, il faudra le rajouter.`,
  deleteModel: 'Supprimer le modèle',
  pausedAt: (done: number) => `En pause : ${formatBytes(done)} ici`,
  pausedAtOf: (done: number, total: number) =>
    `En pause : ${formatBytes(done)} sur ${formatBytes(total)} ici`,
  cancel: 'Annuler',
  resume: 'Reprendre',
  download: 'Télécharger',
  downloadBytes: (bytes: number) => `Télécharger ${formatBytes(bytes)}`,
  opening: (name: string) => `Ouverture : ${name}…`,
  checked: (done: number, total: number) =>
    `${formatBytes(done)} vérifiés sur ${formatBytes(total)}`,
  saved: (done: number, total: number) =>
    `${formatBytes(done)} enregistrés sur ${formatBytes(total)}`,
  adding: (name: string) => `Ajout : ${name}`,

  wrongName: 'Écrivez-le sous la forme owner/name, ou collez l’adresse de sa page.',
  mirror: 'Si vous utilisez un miroir du Hub',
  mirrorHint:
    'Seul huggingface.co fonctionne de lui-même : un miroir doit être autorisé par qui héberge cette page. Vide pour le Hub lui-même.',
  wrongAddress: 'Une adresse qui commence par https://.',

  fromComputer: 'Un modèle de cet ordinateur',
  dropIt:
    'Ou un modèle de cet ordinateur : déposez ici son dossier, ses fichiers ou son ZIP, tels qu’ils sont sur le Hub.',
  chooseFiles: 'Choisir fichiers ou ZIP',
  chooseFolder: 'Choisir un dossier',
};
