import type { PlanStopBody } from '@kickstand/contract'

type Figures = { readonly chance: string; readonly distance: string; readonly duration: string }

const REASONS: Record<PlanStopBody['reasons'][number]['code'], (figures: Figures) => string | null> = {
  // The stop's own figures already show this.
  chance: () => null,
  'chance-unknown': () => 'No reports from here yet.',
  nearest: () => 'Closest to your destination.',
  'nearer-are-likely-full': ({ chance, duration }) =>
    `Closer places are likely full (${chance} at best), though they would save ${duration} of walking.`,
  'close-by': () => null,
  'full-nearby': ({ chance }) => `When places nearby are full, its chance is lower than the usual ${chance}.`,
}

/** Texts of the plan. Loaded with its page, not with the first screen. */
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
  overall: (chance: string) => `${chance} overall`,
  sentence: (parts: readonly string[]) => `${parts.join('; ')}.`,
  total: (duration: string) => `About ${duration} to park and walk there`,
  totalParked: (duration: string) => `About ${duration} until you are parked`,
  nothingKnown: 'No reports here yet, so the nearest places come first.',
  low: 'Chances are low around here. Allow extra time, or try farther out.',

  upToDate: 'Best order right now',
  changed: 'Things changed',
  changedAnnouncement: (zone: string) =>
    `Things have changed: ${zone} would now be first. Choose “Use the better order”.`,
  better: 'Use the better order',
  asking: 'Finding the next place…',
  restOffline: 'No connection. This is the rest of your last plan.',

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
  offlineText: 'Until then, here are the nearest places from your last visit.',
  offlineNone: 'No places near here are saved on this device.',
  failedTitle: 'The plan could not be made',
}

export type PlanMessages = typeof enPlan
