/** Texts about the sources of each fact. Loaded with the zone sheet, not with the page. */
export const enProvenance = {
  title: 'Source of each fact',
  /** One source's claim: "City says 8". */
  says: (source: string, value: string) => `${source} says ${value}`,
  /** Where sources disagree: "City says 8; OpenStreetMap says 6". */
  disagree: (claims: readonly string[]) => claims.join('; '),
  from: (source: string, date: string) => `from ${source}, ${date}`,
  place: 'Where it is',
  name: 'Name',
  drawn: 'An outline',
  point: 'A point',
  notShown: (source: string, value: string) => `${source}: ${value}`,
}

export type ProvenanceMessages = typeof enProvenance
