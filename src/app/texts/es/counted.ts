/** Numbers with what they count, as a phrase. From a million on, Spanish puts “de” between them: “1.000.000 de tuits”. */
import { byCount, formatCount, formatMillions } from '../../format.ts';

function noun(one: string, other: string): (count: number) => string {
  return (count) =>
    byCount(count, {
      one: `${formatCount(count)} ${one}`,
      many: `${formatCount(count)} de ${other}`,
      other: `${formatCount(count)} ${other}`,
    });
}

export const tuits = noun('tuit', 'tuits');
export const textos = noun('texto', 'textos');
export const tokens = noun('token', 'tokens');
export const caracteres = noun('carácter', 'caracteres');
export const palabras = noun('palabra', 'palabras');
export const pasos = noun('paso', 'pasos');
export const entrenamientos = noun('entrenamiento', 'entrenamientos');

/** `6,3 millones de parámetros`, `980.000 parámetros` */
export function parametros(count: number): string {
  return count < 1e6
    ? `${formatMillions(count)} parámetros`
    : `${formatMillions(count)} de parámetros`;
}
