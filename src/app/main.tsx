/** Where the page begins. */
import { render } from 'preact';
import { App } from './app.tsx';
import { startOffline } from './offline.ts';
import { boot } from './state/boot.ts';
import { startPlanning } from './state/plan.ts';
import { startSettings } from './state/settings.ts';
import { startTitle } from './state/title.ts';
import './styles/index.css';

startSettings();
const place = document.getElementById('app');
if (place !== null) render(<App />, place);
startPlanning();
startTitle();
void boot();
void startOffline();
