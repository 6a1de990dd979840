/** The dialogs of the footer in French: what left this page, and what is known of the device. */
import { byCount, formatBytes, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const device: Catalogue['device'] = {
  /* What left this page */
  asking: 'Question posée au navigateur…',
  nothing: 'Rien',
  requestsTo: (requests: number, addresses: number) => {
    const to = byCount(addresses, {
      one: `${formatCount(addresses)} autre adresse`,
      other: `${formatCount(addresses)} autres adresses`,
    });
    return byCount(requests, {
      one: `${formatCount(requests)} requête vers ${to}`,
      other: `${formatCount(requests)} requêtes vers ${to}`,
    });
  },
  onlyOwn: (since: string, host: string) =>
    `Depuis son ouverture à ${since}, cette page n’a envoyé de requêtes qu’à sa propre adresse (${host}), et seulement pour chercher ses propres fichiers.`,
  alsoOthers: (since: string, hosts: string) =>
    `Depuis son ouverture à ${since}, cette page a aussi envoyé des requêtes aux adresses ${hosts}. Une telle requête nomme le fichier voulu et ne contient rien de vous. Pour les gros fichiers, le Hub redirige le navigateur vers ses serveurs de fichiers, ce que le navigateur n’enregistre pas.`,
  silent: {
    page: 'La page ne répond pas : ses requêtes manquent donc dans cette liste.',
    engine: 'Le moteur ne répond pas : ses requêtes manquent donc dans cette liste.',
    'service worker':
      'Le service worker ne répond pas : ses requêtes manquent donc dans cette liste.',
  },
  toOthers: 'Requêtes vers d’autres adresses',
  toOwn: 'Requêtes vers la propre adresse de cette page',
  countToOwn: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} requête vers la propre adresse de cette page`,
      other: `${formatCount(count)} requêtes vers la propre adresse de cette page`,
    }),
  recordsAre:
    'C’est le navigateur lui-même qui a enregistré ces requêtes : celles de la page, de son moteur et de son service worker depuis le dernier démarrage de celui-ci. (Il n’enregistre pas celles pour les icônes et pour le script du service worker, qu’il fait de lui-même.) La politique de sécurité de la page fait refuser au navigateur toute autre adresse que celles du Hugging Face Hub.',
  isOffline: 'Cet ordinateur est hors ligne en ce moment, et la page fonctionne quand même.',
  disconnect:
    'Inutile de croire la page sur parole : coupez le réseau, puis entraînez et écrivez. Tout fonctionne encore.',
  whenReady:
    'Quand le pied de page indique « Prêt hors ligne », vous pouvez couper le réseau, et tout fonctionne encore.',
  purposes: {
    page: 'la page elle-même',
    script: 'un script',
    wasm: 'un fichier WebAssembly',
    style: 'une feuille de style',
    picture: 'une icône',
    starter: 'le modèle Starter',
    ready: 'le bot tout prêt',
    sample: 'les tweets d’exemple',
    hub: 'un modèle que vous avez choisi de télécharger',
    unknown: 'but inconnu',
  },
  requestedBy: {
    page: 'demandé par la page',
    engine: 'demandé par le moteur',
    'service worker': 'demandé par le service worker',
  },
  sizeUnknown: 'taille inconnue',
  fromCache: 'depuis le cache',
  received: (bytes: number) =>
    byCount(bytes, {
      one: `${formatBytes(bytes)} reçu`,
      other: `${formatBytes(bytes)} reçus`,
    }),

  /* About this device */
  copied: 'Copié. Le rapport ne contient rien sur vous ni sur vos tweets.',
  cantCopy: 'Votre navigateur ne permet pas de copier. Sélectionnez plutôt le texte.',
  groups: {
    compute: 'Ce qui calcule',
    gpu: 'Carte graphique',
    memory: 'Mémoire et stockage',
    browser: 'Navigateur',
  },
  noAnswer: 'inconnu, car le moteur ne répond pas',
  notKnown: 'inconnu',
  yes: 'oui',
  no: 'non',
  none: 'aucune',
  facts: {
    now: 'Maintenant',
    adapter: 'Carte (adapter)',
    available: 'Aussi disponible',
    processor: 'Processeur',
    speed: 'Vitesse mesurée',
    features: 'Fonctionnalités',
    kernels: 'Noyaux de calcul',
    selfTest: 'Autotest',
    computer: 'Ordinateur',
    usedOnCard: 'Utilisé sur la carte graphique',
    needed: 'Nécessaire pour l’entraînement prévu',
    storage: 'Stockage',
    persistent: 'Stockage persistant',
    browser: 'Navigateur',
    isolated: 'Isolé (threads)',
    fileSystem: 'Système de fichiers privé',
    locks: 'Verrous entre onglets',
    offline: 'Prêt hors ligne',
  },
  notStarted: 'rien, car le moteur n’a pas démarré',
  threads: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} thread`,
      other: `${formatCount(count)} threads`,
    }),
  threadsComputing: (count: number, computing: number) =>
    byCount(computing, {
      one: `${formatCount(computing)} thread de calcul sur ${formatCount(count)}`,
      other: `${formatCount(computing)} threads de calcul sur ${formatCount(count)}`,
    }),
  notMeasured: 'pas encore mesurée',
  speedOf: (speed: string, parameters: string, mode: string, blockLength: number) =>
    `${speed} en entraînant un modèle (paramètres : ${parameters} ; ${mode} ; blocs de ${formatCount(blockLength)} tokens)`,
  noAdapter: 'le navigateur n’en propose aucune',
  simulated: (adapter: string) => `${adapter} (simulée par logiciel)`,
  hardware: (adapter: string) => `${adapter} (matérielle)`,
  noSelfTest: 'aucun, car aucune carte graphique ne calcule',
  passed: (milliseconds: number, dispatches: number, gflop: string) =>
    byCount(dispatches, {
      one: `réussi en ${formatCount(milliseconds)} ms avec ${formatCount(dispatches)} dispatch de ${gflop} GFLOP`,
      other: `réussi en ${formatCount(milliseconds)} ms avec ${formatCount(dispatches)} dispatches de ${gflop} GFLOP`,
    }),
  browserSilent: 'le navigateur ne le dit pas',
  atLeast: (gibibytes: number) => `${formatCount(gibibytes)} Gio ou plus`,
  usesNothing: 'rien',
  about: (bytes: number) => `environ ${formatBytes(bytes)}`,
  usedOf: (used: number, quota: number) =>
    `${formatBytes(used)} utilisés sur ${formatBytes(quota)}`,
  notPersistent: 'non : le navigateur peut tout effacer quand le disque est plein',
};
