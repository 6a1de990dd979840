/** Where the page begins. */
import { render } from 'preact';
import { recordAllRequests } from '../core/recorded-requests.ts';
import { App } from './app.tsx';
import { loadArrivals } from './arrivals/load-arrivals.ts';
import { loadErrorText } from './error-text/load-error-text.ts';
import { loadTrainBody } from './training/load-train-body.ts';
import { startOffline, whenLoaded } from './offline.ts';
import { startNoticingOutdated } from './outdated.ts';
import {
  boot,
  startAskingBeforeClose,
  startNoticingClearedData,
  startNoticingLostEngine,
} from './state/boot.ts';
import { startNoticingLeave } from './state/lost-pages.ts';
import { startAskingNeeds } from './state/model-needs.ts';
import { startPlanning } from './state/plan.ts';
import { startAwaitingPlans } from './state/start.ts';
import { startSettings } from './state/settings.ts';
import { startTitle } from './state/title.ts';
import { startFollowingAddress } from './state/view.ts';
import { startLanguage } from './texts/language.ts';
import './styles/index.css';

recordAllRequests();
// Under the locale C, WebKit's language is none that Intl knows, and the library of charts asks Intl for it.
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en' });
}
startSettings();
startFollowingAddress();
const place = document.getElementById('app');
// In a task of its own: with all that is evaluated before, it would block a slow computer for long enough to be felt.
const nextTask = () => new Promise((resolve) => setTimeout(resolve));
if (place !== null)
  void startLanguage()
    .then(nextTask)
    .then(() => render(<App />, place));
// Elsewhere the page says so, and nothing starts that would only fail.
if (isSecureContext) {
  startPlanning();
  startAwaitingPlans();
  startAskingNeeds();
  startTitle();
  startAskingBeforeClose();
  startNoticingClearedData();
  startNoticingLostEngine();
  startNoticingLeave();
  void boot();
  startNoticingOutdated();
  void startOffline();
  // Not after it: a browser may never answer whether it lets the page be stored.
  void whenLoaded()
    .then(() => Promise.all([loadArrivals(), loadErrorText(), loadTrainBody()]))
    .then(([{ startArrivals }]) => startArrivals())
    .catch(() => undefined);
}
