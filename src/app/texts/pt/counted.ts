/** Numbers with what they count, as a phrase. From a million on, Portuguese puts “de” between them: “1.000.000 de tweets”. */
import { byCount, formatCount, formatMillions } from '../../format.ts';

function noun(one: string, other: string): (count: number) => string {
  return (count) =>
    byCount(count, {
      one: `${formatCount(count)} ${one}`,
      many: `${formatCount(count)} de ${other}`,
      other: `${formatCount(count)} ${other}`,
    });
}

export const tweets = noun('tweet', 'tweets');
export const textos = noun('texto', 'textos');
export const tokens = noun('token', 'tokens');
export const caracteres = noun('caractere', 'caracteres');
export const palavras = noun('palavra', 'palavras');
export const passos = noun('passo', 'passos');
export const treinamentos = noun('treinamento', 'treinamentos');

/** `6,3 milhões de parâmetros`, `980.000 parâmetros` */
export function parametros(count: number): string {
  return count < 1e6
    ? `${formatMillions(count)} parâmetros`
    : `${formatMillions(count)} de parâmetros`;
}
