/** The texts of the console. */
export const texts = {
  product: 'Kickstand',
  console: 'Console',
  title: 'Kickstand console',
  skipToContent: 'Skip to content',
  purpose:
    'The console is for the people who keep Kickstand running: operators of parking, moderators, support and administrators.',
  signInLater: 'There is nothing to do here yet: sign-in arrives with accounts.',
  toMap: 'Go to the map of motorbike parking',
  notFoundTitle: 'There is no such page',
  notFoundText: 'The console has no page at this address.',
  toStart: 'Go to the start of the console',
  brokenTitle: 'This page does not work',
  brokenText: 'An error stopped it. Nothing was changed. Reload the page to try again.',
  reload: 'Reload',
} as const
