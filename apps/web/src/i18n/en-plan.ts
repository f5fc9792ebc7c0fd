import type { PlanStopBody } from '@kickstand/contract'

type Told = { readonly chance: string; readonly distance: string; readonly duration: string }

const REASONS: Record<PlanStopBody['reasons'][number]['code'], (told: Told) => string | null> = {
  // Said by the figures of the stop itself.
  chance: () => null,
  'chance-unknown': () => 'Nobody has said how full it is.',
  nearest: () => 'None is nearer to where you are going.',
  'nearer-are-likely-full': ({ chance, duration }) =>
    `Nearer ones are likely full (${chance} at best); they would save ${duration} on foot.`,
  'close-by': () => null,
  'full-nearby': ({ chance }) => `Alone its chance would be ${chance}; that others were full makes it less.`,
}

/** The sentences of a plan. They come with its page, not with the first screen. */
export const enPlan = {
  loading: 'Working out where to try first…',
  fromYou: 'From where you are',
  fromYouTo: 'From where you are, to the place on the map',
  fromPlace: 'From the place on the map',
  fromLast: 'From the place that was full',
  setOff: (minutes: string) => `If you set off in ${minutes}`,
  straight: 'Times are worked out from straight lines: one-way streets and rivers are not known here.',

  atFirst: (chance: string, walk: string) => `${chance} at the first, ${walk} walk`,
  ifFull: (distance: string) => `if full, ${distance} on`,
  inAll: (chance: string) => `${chance} in all`,
  sentence: (parts: readonly string[]) => `${parts.join('; ')}.`,
  total: (duration: string) => `About ${duration} until you are parked and there`,
  totalParked: (duration: string) => `About ${duration} until you are parked`,
  nothingKnown: 'Nothing is known here: the nearest come first.',
  low: 'Chances are low around here. Allow for a search, or try farther out.',

  upToDate: 'Best order for now',
  changed: 'Things changed',
  changedSpoken: (zone: string) => `Things have changed: ${zone} would now be first. Choose “Better order now”.`,
  better: 'Better order now',
  asking: 'Looking for the next…',
  restOffline: 'No connection: the rest of the plan, as it was.',

  stop: (n: string) => `Stop ${n}`,
  chance: 'chance of a space',
  notKnown: 'Chance not known',
  ride: (duration: string) => `${duration} ride`,
  walk: (duration: string) => `${duration} walk`,
  underMinute: 'under 1 min',
  onward: (distance: string, duration: string) => `If full: ${distance} on, ${duration}`,
  reasons: REASONS,

  parkedHere: 'Parked here',
  wasFull: 'It was full',
  parkedAt: (zone: string) => `You are parked: ${zone}`,
  parkedThanks: 'Your report helps the next rider. Have a good day.',
  leftOut: (n: number, text: string) =>
    n === 1 ? '1 place that you found full is left out.' : `${text} places that you found full are left out.`,
  startAgain: 'Start again',
  soonest: 'Parked soonest, however far to walk',

  noneTitle: 'No place here is worth the ride',
  noneText: 'Move the map to another place, or ask for less.',
  clear: 'Take all filters off',
  noneFull: 'All that are worth the ride were full. Start again, or look farther out on the map.',
  offlineTitle: 'A plan needs a connection',
  offlineText: 'Until there is one: the nearest places, as last known.',
  offlineNone: 'No places are known on this device near here.',
  failedTitle: 'The plan could not be worked out',
}

export type PlanMessages = typeof enPlan
