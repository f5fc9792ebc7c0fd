import type { PlanStopBody } from '@kickstand/contract'

type Told = { readonly chance: string; readonly distance: string; readonly duration: string }

const REASONS: Record<PlanStopBody['reasons'][number]['code'], (told: Told) => string | null> = {
  // Said by the figures of the stop itself.
  chance: () => null,
  'chance-unknown': () => 'No reports from here yet.',
  nearest: () => 'Closest to your destination.',
  'nearer-are-likely-full': ({ chance, duration }) =>
    `Closer places are likely full (${chance} at best), though they would save ${duration} of walking.`,
  'close-by': () => null,
  'full-nearby': ({ chance }) => `Places nearby were full, so its chance is lower than the usual ${chance}.`,
}

/** The sentences of a plan. They come with its page, not with the first screen. */
export const enPlan = {
  loading: 'Finding the best place to try first…',
  fromYou: 'From where you are',
  fromYouTo: 'From where you are, to the place on the map',
  fromPlace: 'From the place on the map',
  fromLast: 'From the place that was full',
  setOff: (minutes: string) => `If you set off in ${minutes}`,
  straight: 'Times are estimated from straight-line distances. One-way streets and rivers are not taken into account.',

  atFirst: (chance: string, walk: string) => `${chance} at the first stop, ${walk} walk`,
  chanceOf: (percent: string) => `${percent} chance`,
  ifFull: (distance: string) => `if it is full, ${distance} to the next`,
  inAll: (chance: string) => `${chance} overall`,
  sentence: (parts: readonly string[]) => `${parts.join('; ')}.`,
  total: (duration: string) => `About ${duration} to park and walk there`,
  totalParked: (duration: string) => `About ${duration} until you are parked`,
  nothingKnown: 'No reports here yet, so the nearest come first.',
  low: 'Chances are low around here. Allow extra time, or try farther out.',

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
  onward: (distance: string, duration: string) => `If full: ${distance} to the next, ${duration}`,
  reasons: REASONS,

  parkedHere: 'Parked here',
  wasFull: 'It was full',
  parkedAt: (zone: string) => `You are parked: ${zone}`,
  parkedThanks: 'Your report helps the next rider. Have a good day.',
  leftOut: (n: number, text: string) =>
    n === 1 ? '1 place that you found full is left out.' : `${text} places that you found full are left out.`,
  startAgain: 'Start over',
  soonest: 'Quickest to park, even with a longer walk',

  noneTitle: 'No place here is worth the ride',
  noneText: 'Move the map, or use fewer filters.',
  clear: 'Clear filters',
  noneFull: 'Every place worth the ride was full. Start over, or look farther out on the map.',
  offlineTitle: 'A plan needs a connection',
  offlineText: 'Until then, here are the nearest places as last known.',
  offlineNone: 'No places are known on this device near here.',
  failedTitle: 'The plan could not be made',
}

export type PlanMessages = typeof enPlan
