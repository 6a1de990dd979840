/** English words of three and more letters that are common in everybody's tweets. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `about after again all also always and any are aren't around back because been before being but
  came can can't come could couldn't did didn't does doesn't don't done down each even ever every
  for from get gets getting give goes going gonna got had has hasn't have haven't having he'd he'll
  he's her here here's him his how i'd i'll i'm i've into isn't it'll it's its just keep know last
  least less let let's like look lot made make makes many may maybe might more most much must need
  never new next not now off okay once one only other our out over own people per put quite rather
  really right said same saw say says see seems she she's should shouldn't since some someone
  something still such sure take than that that's the their them then there there's these they
  they're they've thing things think this those though three through time today too took two under
  until upon use used very via want wants was wasn't way we'll we're we've well went were weren't
  what what's when where which while who who's whose why will with won't work would wouldn't yes yet
  you you'd you'll you're you've your yours yeah`.split(/\s+/),
);
