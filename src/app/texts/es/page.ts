/** The page around the three steps: header, footer, and what is said when something is missing. */
import { formatBytes, formatProgress } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { pasos } from './counted.ts';

export const page: Catalogue['page'] = {
  title: 'Mynah: enseña a un pájaro a tuitear como tú',
  titleInTraining: (share) => `${formatProgress(share)} entrenado · Mynah`,
  heroTitle: 'Enseña a un pájaro a tuitear como tú',
  hero: 'Dale tu archivo de Twitter. Aprende tu estilo dentro de esta página, en tu propio equipo, y luego escribe tuits nuevos, incluso sin conexión.',
  trainedElsewhere: '¿Has entrenado un bot en otro sitio?',

  themes: { system: 'el del sistema', light: 'claro', dark: 'oscuro' },

  /* Steps 2 and 3 in one line. */
  trainWaiting: 'Un GPT-2 pequeño aprende cómo escribes, en este equipo.',
  trained: (steps) => `Entrenado durante ${pasos(steps)}`,
  trainedWithLoss: (steps, first, last) =>
    `Entrenado durante ${pasos(steps)}, pérdida ${first} → ${last}`,

  writeWaiting: 'Tu bot escribirá tuits nuevos con tu voz, incluso sin conexión.',
  writeInTraining: 'Disponible cuando termine el entrenamiento. Páusalo si quieres escribir antes.',

  readyOffline: 'Disponible sin conexión',
  notOffline: 'Este navegador no guarda la página, así que necesita la red para volver a abrirse',
  tweetsStay: 'Tus tuits se quedan en este equipo',
  storageUnknown: 'Este navegador no dice cuánto guarda',
  stored: (used, quota) => `${formatBytes(used)} guardados de ${formatBytes(quota)}`,
  downloading: (model) => `Descargando ${model}`,
  downloadingShare: (model, share) => `Descargando ${model}, ${formatProgress(share)}`,
  licences: 'Licencias',
  languageMissing: 'No se ha podido cargar ese idioma. Conéctate a la red y vuelve a elegirlo.',
  update: 'Hay una versión nueva de Mynah.',
  updateOtherTab:
    'Hay una versión nueva de Mynah. Podrás recargar cuando no haya otra pestaña trabajando.',
  updateWhenDone: 'Hay una versión nueva de Mynah. Podrás recargar cuando esto termine.',
  reload: 'Recargar',
  reloadPage: 'Recargar la página',

  partMissing: 'No se ha podido cargar esta parte de la página.',
  tryAgain: 'Reintentar',

  oneTabAssumed: (strong) => [
    strong('Este navegador no puede saber si Mynah está abierta en otra pestaña.'),
    ' Úsala en una sola: dos se borrarían el trabajo la una a la otra.',
  ],
  notKept:
    'Aquí todo funciona igualmente, pero solo se conserva mientras esta página esté abierta.',
  saveBeforeClosing: (strong, emphasis) => [
    strong('Guarda tu bot en un archivo antes de cerrarla'),
    ' (con ',
    emphasis('Exportar'),
    ', en la lista de tus bots).',
  ],
  outdated: 'Una versión nueva de Mynah ha sustituido a esta.',
  outdatedReload:
    'Ya no se pueden cargar partes de esta página. Lo guardado está a salvo: recarga la página para seguir con la versión nueva.',
  outdatedTraining: 'El entrenamiento de tu bot se pausa primero y se puede continuar.',
  cleared: 'Lo que este sitio tenía guardado se borró mientras tu bot entrenaba.',
  clearedRest:
    'Los demás bots, tuits y modelos ya no están. El bot en entrenamiento y sus tuits seguían en la memoria: se han vuelto a guardar y el entrenamiento continúa.',
  elsewhere: 'Mynah está abierta en otra pestaña.',
  elsewhereNext: 'Sigue allí, o cierra esa pestaña y vuelve a intentarlo aquí.',
  waking: 'Despertando al pájaro…',
  wakingWhy: 'Puede que aún esté ocupado en otra pestaña.',
  insecure: 'Mynah necesita una dirección segura.',
  insecureRest: (code) => [
    'Se abrió con ',
    code('http://'),
    ' sin cifrar, y ahí los navegadores bloquean lo que necesita para guardar tus tuits y tu bot. Ábrela con ',
    code('https://'),
    ' en la dirección o, en el equipo que la sirve, como ',
    code('http://localhost'),
    '.',
  ],
};
