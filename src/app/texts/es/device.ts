/** The dialogs of the footer: what left this page, and what is known of the device. */
import { byCount, formatBytes, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { tokens } from './counted.ts';

export const device: Catalogue['device'] = {
  /* What left this page */
  asking: 'Preguntando al navegador…',
  nothing: 'Nada',
  requestsTo: (requests, addresses) => {
    const to = byCount(addresses, {
      one: `${formatCount(addresses)} dirección ajena`,
      other: `${formatCount(addresses)} direcciones ajenas`,
    });
    return byCount(requests, {
      one: `${formatCount(requests)} solicitud a ${to}`,
      other: `${formatCount(requests)} solicitudes a ${to}`,
    });
  },
  onlyOwn: (since, host) =>
    `Desde que abriste esta página (${since}), solo ha enviado solicitudes a su propia dirección (${host}), y únicamente para obtener sus propios archivos.`,
  alsoOthers: (since, hosts) =>
    `Desde que abriste esta página (${since}), también ha enviado solicitudes a ${hosts}. Una solicitud así indica qué archivo se quiere y no contiene nada tuyo. Para los archivos grandes, el Hub redirige el navegador a sus servidores de archivos, y eso el navegador no lo registra.`,
  silent: {
    page: 'La página no responde, así que sus solicitudes faltan en esta lista.',
    engine: 'El motor no responde, así que sus solicitudes faltan en esta lista.',
    'service worker':
      'El service worker no responde, así que sus solicitudes faltan en esta lista.',
  },
  toOthers: 'Solicitudes a otras direcciones',
  toOwn: 'Solicitudes a la dirección de esta página',
  countToOwn: (count) =>
    byCount(count, {
      one: `${formatCount(count)} solicitud a la dirección de esta página`,
      other: `${formatCount(count)} solicitudes a la dirección de esta página`,
    }),
  recordsAre:
    'El propio navegador registró estas solicitudes de la página, de su motor y de su service worker desde que este se inició por última vez. (No registra las de los iconos ni la del script del service worker, que hace por su cuenta). La política de seguridad de la página obliga al navegador a rechazar todas las demás direcciones, salvo las del Hugging Face Hub.',
  isOffline: 'Este equipo está ahora mismo sin conexión, y la página sigue funcionando.',
  disconnect:
    'No te fíes solo de lo que dice la página: desconéctate de la red y luego entrena y escribe. Todo sigue funcionando.',
  whenReady:
    'Cuando el pie de página diga «Disponible sin conexión», puedes desconectarte de la red y todo seguirá funcionando.',
  purposes: {
    page: 'la propia página',
    script: 'un script',
    wasm: 'un archivo de WebAssembly',
    style: 'una hoja de estilos',
    picture: 'un icono',
    starter: 'el modelo inicial',
    ready: 'el bot listo para usar',
    sample: 'los tuits de ejemplo',
    hub: 'un modelo que elegiste descargar',
    unknown: 'finalidad desconocida',
  },
  requestedBy: {
    page: 'solicitado por la página',
    engine: 'solicitado por el motor',
    'service worker': 'solicitado por el service worker',
  },
  sizeUnknown: 'tamaño desconocido',
  fromCache: 'desde la caché',
  received: (bytes) => `${formatBytes(bytes)} recibidos`,

  /* About this device */
  copied: 'Copiado. El informe no contiene nada sobre ti ni sobre tus tuits.',
  cantCopy: 'Tu navegador no permite copiar. Selecciona el texto y cópialo a mano.',
  groups: {
    compute: 'Qué calcula',
    gpu: 'Tarjeta gráfica',
    memory: 'Memoria y almacenamiento',
    browser: 'Navegador',
  },
  noAnswer: 'no se sabe, porque el motor no responde',
  notKnown: 'no se sabe',
  yes: 'sí',
  no: 'no',
  none: 'ninguna',
  facts: {
    now: 'Ahora',
    adapter: 'Adaptador',
    available: 'También disponible',
    processor: 'Procesador',
    speed: 'Velocidad medida',
    features: 'Funciones',
    kernels: 'Núcleos de cálculo',
    selfTest: 'Autocomprobación',
    computer: 'Equipo',
    usedOnCard: 'En uso en la tarjeta gráfica',
    needed: 'Necesaria para el entrenamiento previsto',
    storage: 'Almacenamiento',
    persistent: 'Almacenamiento persistente',
    browser: 'Navegador',
    isolated: 'Aislamiento (hilos)',
    fileSystem: 'Sistema de archivos privado',
    locks: 'Bloqueos entre pestañas',
    offline: 'Disponible sin conexión',
  },
  notStarted: 'nada, porque el motor no ha arrancado',
  threads: (count) =>
    byCount(count, {
      one: `${formatCount(count)} hilo`,
      other: `${formatCount(count)} hilos`,
    }),
  threadsComputing: (count, computing) =>
    byCount(count, {
      one: `${formatCount(count)} hilo, de los que calculan ${formatCount(computing)}`,
      other: `${formatCount(count)} hilos, de los que calculan ${formatCount(computing)}`,
    }),
  notMeasured: 'aún sin medir',
  speedOf: (speed, parameters, mode, blockLength) =>
    `${speed} al entrenar un modelo (parámetros: ${parameters}; ${mode}, bloques de ${tokens(blockLength)})`,
  noAdapter: 'el navegador no ofrece ningún adaptador',
  simulated: (adapter) => `${adapter} (simulado por software)`,
  hardware: (adapter) => `${adapter} (físico)`,
  noSelfTest: 'ninguna, porque no calcula ninguna tarjeta gráfica',
  passed: (milliseconds, dispatches, gflop) =>
    byCount(dispatches, {
      one: `superada en ${formatCount(milliseconds)} ms con ${formatCount(dispatches)} ejecución de ${gflop} GFLOP`,
      other: `superada en ${formatCount(milliseconds)} ms con ${formatCount(dispatches)} ejecuciones de ${gflop} GFLOP`,
    }),
  browserSilent: 'el navegador no lo dice',
  atLeast: (gibibytes) => `${formatCount(gibibytes)} GiB o más`,
  usesNothing: 'nada',
  about: (bytes) => `unos ${formatBytes(bytes)}`,
  usedOf: (used, quota) => `${formatBytes(used)} en uso de ${formatBytes(quota)}`,
  notPersistent: 'no: el navegador puede borrarlo todo cuando se llene el disco',
};
