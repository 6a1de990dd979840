/** The list of base models, and how others are added to it. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const modelList: Catalogue['modelList'] = {
  starter: 'Pequeño y rápido. Capta tus palabras y tus temas.',
  downloadPromise:
    'Una descarga pide al Hub los archivos del modelo y nada más. Tus tuits se quedan aquí.',
  deleteOf: (name) => `Eliminar ${name}`,
  confirmDownloaded: (name) =>
    `¿Eliminar ${name}? Para usarlo otra vez habrá que volver a descargarlo.`,
  confirmAdded: (name) => `¿Eliminar ${name}? Para usarlo otra vez habrá que volver a añadirlo.`,
  deleteModel: 'Eliminar modelo',
  pausedAt: (done) => `En pausa: ${formatBytes(done)} ya aquí`,
  pausedAtOf: (done, total) => `En pausa: ${formatBytes(done)} de ${formatBytes(total)} ya aquí`,
  cancel: 'Cancelar',
  resume: 'Reanudar',
  download: 'Descargar',
  downloadBytes: (bytes) => `Descargar ${formatBytes(bytes)}`,
  opening: (name) => `Abriendo ${name}…`,
  checked: (done, total) => `${formatBytes(done)} de ${formatBytes(total)} comprobados`,
  saved: (done, total) => `${formatBytes(done)} de ${formatBytes(total)} guardados`,
  adding: (name) => `Añadiendo ${name}`,

  wrongName: 'Escríbelo como propietario/nombre, o pega la dirección de su página.',
  mirror: 'Si usas una réplica del Hub',
  mirrorHint:
    'Sin más solo funciona huggingface.co: quien mantiene esta página tiene que permitir la réplica. Déjalo vacío para el propio Hub.',
  wrongAddress: 'Una dirección que empiece por https://.',

  fromComputer: 'Un modelo de este equipo',
  dropIt:
    'O uno de este equipo: suelta aquí su carpeta, sus archivos o su ZIP, tal como están en el Hub.',
  chooseFiles: 'Elegir archivos o ZIP',
  chooseFolder: 'Elegir una carpeta',
};
