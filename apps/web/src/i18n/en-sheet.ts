/** The sentences of the lower part of a zone's sheet. They come with it, not with the page. */
export const enSheet = {
  facts: 'About this place',
  whoMayPark: 'Who may park',
  whoUnknown: 'Nobody has said who may park here. Read the sign.',
  whoRest: (list: string) => `Not known: ${list}.`,
  unknownFacts: (list: string) => `Not known: ${list}.`,
  sources: 'Where this comes from',
  sourceSeen: (date: string) => `as of ${date}`,
  licence: (licence: string) => `Licence: ${licence}`,
  openData: 'All zones as open data (CSV)',
  recent: 'Recent reports',
  recentNone: 'No reports yet. Yours would be the first.',
  bikesSeen: 'Bikes you see',
  oneLess: 'One less',
  oneMore: 'One more',
  sendCount: (n: number, text: string) => (n === 1 ? 'Report 1 bike' : `Report ${text} bikes`),
  problemAsk: 'What is wrong?',
  problem: 'Problem…',
  reportAskHint: 'One tap is enough',
  directions: 'Directions',
  directionsDevice: 'Open in a map app',
  simulatedZone: 'Simulated: no such place exists.',
  aProblem: (problem: string) => `Problem: ${problem.toLowerCase()}`,
  overCapacity: 'more than it is said to hold',
}

export type SheetMessages = typeof enSheet
