/**
 * What bots that started from a model wrote, and where that was published. There is none for DistilGPT-2: no published
 * tweets of such a bot were found.
 *
 * The starter's are the first three that one seed gives, whatever they say: *Try the sample*, the preset Quick, the
 * seed 7 under Advanced, 100 steps on WebAssembly in Chromium 156; then no start of a tweet, the seed 7, and the usual
 * settings of writing (30 November 2026,
 * with the recipe of that day). SwiftShader's WebGPU gave the same tweets.
 */

export interface ModelSamples {
  readonly texts: readonly string[];
  /** Null for what this project has made itself. */
  readonly source: { readonly name: 'huggingtweets' | 'woolf'; readonly url: string } | null;
}

export const STARTER_SAMPLES: ModelSamples = {
  texts: [
    'It isn’t that I have heard so often. I’ve done things so far. I’ve never met anybody. I always think. I know people who read the other names, who don’t understand, at once.',
    'That is all about the office. I’ve tried a good look at it for a long time.',
    'I’d never seen anyone answer. It’s my story. I’ve got a little fog in the doorway and I’ve got it all right. I’d like to ask a job.',
  ],
  source: null,
};

/** By repository. */
export const SAMPLES: { readonly [repository: string]: ModelSamples } = {
  'openai-community/gpt2': {
    texts: [
      'I don’t like this :) 9:20am: Forget this little low code and preprocessor optimization. Even if it’s neat, for top-level projects. 9:27am: Other useful code examples? It’s not kind of best code, :)',
    ],
    source: {
      name: 'huggingtweets',
      url: 'https://github.com/borisdayma/huggingtweets/tree/018cf80581c41c688ee871874e745758e6bade8e#results',
    },
  },
  'openai-community/gpt2-medium': {
    texts: [
      'A professor of English literature discovers that there is a turtle in the sky above Vancouver.',
      'A raven is elected mayor of Prague. But it does so illegally.',
      'A pope discovers that the dawn of time does not exist, and is relieved.',
    ],
    source: {
      name: 'woolf',
      url: 'https://github.com/minimaxir/download-tweets-ai-text-gen/blob/245f0694505f6b883430dccac8a259c1e18c0afb/examples/MagicRealismBot_355M.txt',
    },
  },
};
