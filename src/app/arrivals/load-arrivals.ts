/** What is done with files that come in another way than by a button is loaded when it is needed. */
export const loadArrivals = () => import('./arrivals.tsx');
