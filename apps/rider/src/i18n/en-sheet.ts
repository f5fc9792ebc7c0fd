import type { Fee, MayPark } from '@kickstand/domain'
import { enContributions } from './en-contributions.ts'

const FEES: Record<Fee, string> = { free: 'Free of charge', paid: 'Paid' }
const MAY_PARK: Record<MayPark, string> = { yes: 'Yes', no: 'No', unknown: 'Not known' }

/** Texts of the lower part of the zone sheet. Loaded with it, not with the page. */
export const enSheet = {
  fees: FEES,
  mayPark: MAY_PARK,
  estimatedSpaces: (n: string) => `about ${n} (estimated)`,
  facts: 'About this place',
  whoMayPark: 'Who may park',
  whoUnknown: 'Who may park here is not known. Check the sign.',
  whoRest: (list: string) => `Not known: ${list}.`,
  unknownFacts: (list: string) => `Not known: ${list}.`,
  sources: 'Where this comes from',
  /** For zones loaded from a list: lists carry no source names. */
  sourceUnnamed: 'Source name not available offline',
  sourceAsOf: (date: string) => `as of ${date}`,
  sourceChanged: (date: string) => `last changed ${date}`,
  licence: (licence: string) => `Licence: ${licence}`,
  openData: 'All zones as open data (CSV)',
  recent: 'Recent reports',
  recentFailed: 'Recent reports cannot be shown right now.',
  recentNone: 'No reports yet. Yours would be the first.',
  parked: 'I parked',
  left: 'I left',
  countBikes: 'Count the bikes',
  aRiderParked: 'A rider parked',
  aRiderLeft: 'A rider left',
  demoHelp: 'The demo town does not exist. To show real parking, import a file on the server, then reload this page:',
  demoRemove: 'To remove the demo town:',
  bikesSeen: 'Bikes you see',
  oneLess: 'One less',
  oneMore: 'One more',
  sendCount: (n: number, text: string) => (n === 1 ? 'Report 1 bike' : `Report ${text} bikes`),
  problemAsk: 'What is wrong?',
  problem: 'Problem…',
  reportAskHint: 'One tap is enough',
  directions: 'Directions',
  directionsDevice: 'Open in a map app',
  simulatedZone: 'Simulated: this place does not exist.',
  aProblem: (problem: string) => `Problem: ${problem.toLowerCase()}`,
  overCapacity: 'more than its listed spaces',
  surfaces: enContributions.surfaces,
  hours: {
    always: 'Always open',
    allDay: 'all day',
    closed: 'closed',
    holidays: 'public holidays',
  },
  fact: {
    capacity: 'Spaces',
    kind: 'Kind',
    access: 'Access',
    fee: 'Fee',
    tariff: 'Price',
    hours: 'Hours',
    sign: 'Sign text',
    maxStay: 'Maximum stay',
    covered: 'Covered',
    lit: 'Lit at night',
    surveillance: 'Camera',
    anchors: 'Anchors',
    charging: 'Charging',
    surface: 'Surface',
    operator: 'Operator',
  },
}

export type SheetMessages = typeof enSheet
