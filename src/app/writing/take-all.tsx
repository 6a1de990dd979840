/** Copies all tweets of a list to the clipboard, or saves them to a file with one tweet per line. */
import { LABELS } from '../labels.ts';
import { saveFile } from '../save-file.ts';
import { Icon } from '../ui/icons.tsx';
import { CopyButton } from './tweet-card.tsx';

export function TakeAll({ tweets, fileName }: { tweets: readonly string[]; fileName: string }) {
  const text = tweets.join('\n');
  const save = () => saveFile(new Blob([`${text}\n`], { type: 'text/plain' }), fileName);
  return (
    <div class="take-all">
      <CopyButton text={text} label="Copy all" />
      <button type="button" class="tweet-action" onClick={save}>
        <Icon name="download" />
        {LABELS.saveTweets}
      </button>
    </div>
  );
}
