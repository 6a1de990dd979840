/** The explorer of step 1, as one piece that is loaded when a part of it is opened. */
export { Filters } from './filters.tsx';
export { Plots } from './plots.tsx';
export { TweetBrowser } from './tweet-browser.tsx';
