/** The words for errors, which are long and seldom needed, are loaded apart from the page. */
export const loadErrorText = () => import('./error-text.ts');
