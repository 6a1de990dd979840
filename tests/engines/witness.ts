/**
 * What is said on the console, by scripts or because of an error that nobody caught, and what the policy refuses.
 * WebDriver can't tell, so the site that the tests serve gets this text before the scripts of page and worker.
 */

export const WITNESS_OF_PAGE = `
(() => {
  const hear = (what) => sessionStorage.setItem('heard', JSON.stringify([...heard(), what]));
  const heard = () => JSON.parse(sessionStorage.getItem('heard') ?? '[]');
  new BroadcastChannel('witness').onmessage = ({ data }) => hear('worker: ' + data);
  ${listen('hear')}
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    hear('refused by ' + violatedDirective + ': ' + blockedURI));
})();`;

export const WITNESS_OF_WORKER = `
const channel = new BroadcastChannel('witness');
const hear = (what) => channel.postMessage(what);
${listen('hear')}`;

function listen(hear: string): string {
  return `
  for (const level of ['debug', 'error', 'info', 'log', 'trace', 'warn']) {
    const say = console[level];
    console[level] = (...words) => {
      ${hear}(level + ': ' + words.map(String).join(' '));
      say.apply(console, words);
    };
  }
  const uncaught = (error) => ${hear}('uncaught: ' + error + ' ' + (error?.stack ?? ''));
  addEventListener('error', ({ error, message }) => uncaught(error ?? message));
  addEventListener('unhandledrejection', ({ reason }) => uncaught(reason));`;
}

/** Runs in the page: what the two have heard since the tab was opened. */
export function readHeard(): string[] {
  return JSON.parse(sessionStorage.getItem('heard') ?? '[]') as string[];
}
