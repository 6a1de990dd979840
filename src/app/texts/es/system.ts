import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const system: Catalogue['system'] = {
  nothingArrived:
    'No ha llegado nada que Mynah pueda leer. Compártelo otra vez o elige aquí el archivo.',

  /* The end of a training that isn't looked at: the bot's name */
  isTrained: (name) => `${name} ya está entrenado`,
  hasStopped: (name) => `El entrenamiento de ${name} se ha detenido`,
  canWriteNow: 'Ya puede escribir.',
  lookWhy: 'Abre la página para ver por qué.',
  tellingDenied:
    'Tu navegador no se lo permite a esta página. Puedes cambiarlo en sus ajustes para este sitio.',

  /* A connection that may cost money */
  metered: (name, bytes) =>
    bytes === null
      ? `Puede que en esta conexión se pague por datos, y aún no se sabe cuánto ocupa ${name}. Muchos modelos superan los 500 MB.`
      : `Puede que en esta conexión se pague por datos, y la descarga de ${name} ocupa ${formatBytes(bytes)}.`,
  downloadAnyway: 'Descargar de todos modos',
  notNow: 'Ahora no',

  /* Why a training rests, and what to do where the page was lost */
  rests: {
    battery: 'Hace pausas entre los pasos porque queda poca batería.',
    heat: 'Hace pausas entre los pasos porque va más lento: es probable que este dispositivo esté caliente.',
  },
  lostOften:
    'El sistema ha cerrado esta página tres veces o más mientras se entrenaba este bot: es probable que este dispositivo no tenga memoria suficiente.',
  trySmaller: 'Probar con algo más pequeño',
};
