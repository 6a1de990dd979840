/** The tweets that the user has kept. They are stored only in this browser. */
import { plural } from '../format.ts';
import { LABELS } from '../labels.ts';
import { forgetTweet, keptTweets } from '../state/kept.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { Icon } from '../ui/icons.tsx';
import { TakeAll } from './take-all.tsx';
import { CopyButton } from './tweet-card.tsx';

export function KeptTweets() {
  const kept = keptTweets.value;
  if (kept.length === 0) return null;
  return (
    <Disclosure summary={`${plural(kept.length, 'tweet')} kept`} class="kept">
      <ul class="kept-list" aria-label={LABELS.keptTweets}>
        {kept.map(({ text, botName }) => (
          <li key={text} class="kept-row">
            <span class="kept-text">
              <bdi>{text}</bdi> <span class="quiet">{botName}</span>
            </span>
            <CopyButton text={text} />
            <button
              type="button"
              class="icon-button"
              aria-label={`Remove: ${text}`}
              onClick={() => forgetTweet(text)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <TakeAll tweets={kept.map(({ text }) => text)} fileName="kept-tweets.txt" />
    </Disclosure>
  );
}
