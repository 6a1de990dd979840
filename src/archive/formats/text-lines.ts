/**
 * Reads a text file of tweets: one per line, or in blocks of lines. The first lines of the file
 * decide what separates the blocks: the marks that training files for GPT-2 have between texts,
 * lines of dashes, or blank lines.
 */

import { END_OF_TEXT } from '../../domain/tweet-text.ts';
import type { TweetHandler } from './tweet-handler.ts';
import { NO_FIELDS } from './tweet.ts';

/** Far longer than any tweet. Only a file that isn't really text has such lines. */
const MAX_LINE_LENGTH = 100_000;
const HEAD_LENGTH = 64 * 1024;

const MARKS_AROUND = /^(?:\s*<\|(?:start|end)oftext\|>)+|(?:<\|(?:start|end)oftext\|>\s*)+$/g;
const RULE = /^[ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,}|~{3,}|(?:\* ){2,}\*|⸻|—{3,})[ \t]*$/;
/** If blocks have more lines than this on average, they are not tweets. */
const MAX_LINES_BETWEEN_MARKS = 20;
const MAX_LINES_BETWEEN_BLANKS = 5;

type Separator = 'line' | 'blank' | 'rule' | 'mark';
type LineHandler = Pick<TweetHandler, 'onTweet' | 'onDamage'>;

export class LineReader {
  private readonly handler: LineHandler;
  private separator: Separator | null = null;
  /** The start of the file, until it is long enough to decide on the separator. */
  private head = '';
  private rest = '';
  /** Offset of the unfinished line. */
  private offset = 0;
  private isTooLong = false;
  /** The lines of the unfinished block, and its offset. */
  private block = '';
  private blockOffset = 0;

  /**
   * Lines and blocks longer than {@link MAX_LINE_LENGTH} count as damaged. Blank ones are skipped.
   */
  constructor(handler: LineHandler) {
    this.handler = handler;
  }

  push(chunk: string): void {
    if (this.separator !== null) {
      this.split(chunk);
      return;
    }
    this.head += chunk;
    if (this.head.length >= HEAD_LENGTH) this.start();
  }

  end(): void {
    if (this.separator === null) this.start();
    this.line('');
    this.endBlock();
  }

  private start(): void {
    this.separator = separatorOf(this.head.slice(0, HEAD_LENGTH));
    const head = this.head;
    this.head = '';
    this.split(head);
  }

  private split(chunk: string): void {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      this.line(chunk.slice(start, end));
      this.offset += 1;
      start = end + 1;
    }
    if (this.isTooLong) this.offset += chunk.length - start;
    else this.rest += chunk.slice(start);
    // If marks separate the texts, a single line may be as long as the file.
    if (this.separator === 'mark') this.rest = this.takeMarked(this.rest);
    if (this.rest.length > MAX_LINE_LENGTH) {
      this.handler.onDamage(this.offset);
      this.offset += this.rest.length;
      this.rest = '';
      this.isTooLong = true;
    }
  }

  private line(last: string): void {
    const line = this.rest + last;
    const isTooLong = line.length > MAX_LINE_LENGTH;
    if (!this.isTooLong && isTooLong) this.handler.onDamage(this.offset);
    else if (!this.isTooLong) this.take(line);
    this.offset += line.length;
    this.rest = '';
    this.isTooLong = false;
  }

  private take(line: string): void {
    if (this.separator === 'line') this.text(line);
    else if (this.separator === 'mark') this.addToBlock(this.takeMarked(line));
    else if (this.separator === 'rule' ? RULE.test(line) : line.trim() === '') this.endBlock();
    else this.addToBlock(line);
  }

  /** Reads the texts before the last mark, and returns the text after it. */
  private takeMarked(text: string): string {
    const texts = text.split(END_OF_TEXT);
    const rest = texts.pop() ?? '';
    for (const [index, one] of texts.entries()) {
      if (index > 0) this.text(one);
      else {
        this.addToBlock(one);
        this.endBlock();
      }
    }
    return rest;
  }

  private addToBlock(line: string): void {
    if (this.block === '') this.blockOffset = this.offset;
    this.block += `${line.replace(/\r$/, '')}\n`;
    if (this.block.length > MAX_LINE_LENGTH) {
      this.handler.onDamage(this.blockOffset);
      this.block = '';
    }
  }

  private endBlock(): void {
    this.text(this.block);
    this.block = '';
  }

  private text(untrimmed: string): void {
    const text = untrimmed.replace(MARKS_AROUND, '').trim();
    if (text !== '') this.handler.onTweet({ tweet: { ...NO_FIELDS, text }, author: null });
  }
}

function separatorOf(head: string): Separator {
  const lines = head.split(/\r?\n/);
  const count = lines.filter((line) => line.trim() !== '' && !RULE.test(line)).length;
  const marks = head.split(END_OF_TEXT).length - 1;
  if (marks > 0 && count / marks <= MAX_LINES_BETWEEN_MARKS) return 'mark';
  const byRules = blocksOf(lines, (line) => RULE.test(line));
  const hasRules = byRules.length > 0 && lines.some((line) => RULE.test(line));
  if (hasRules && count / byRules.length <= MAX_LINES_BETWEEN_MARKS) return 'rule';
  const byBlanks = blocksOf(lines, (line) => line.trim() === '');
  const hasLongBlocks = byBlanks.some((block) => block > 1);
  const isInBlocks = byBlanks.length > 1 && count / byBlanks.length <= MAX_LINES_BETWEEN_BLANKS;
  return hasLongBlocks && isInBlocks ? 'blank' : 'line';
}

/** The number of lines of each block. */
function blocksOf(lines: readonly string[], isBetween: (line: string) => boolean): number[] {
  const blocks: number[] = [];
  let size = 0;
  for (const line of [...lines, null]) {
    if (line !== null && !isBetween(line)) {
      if (line.trim() !== '') size++;
    } else if (size > 0) {
      blocks.push(size);
      size = 0;
    }
  }
  return blocks;
}
