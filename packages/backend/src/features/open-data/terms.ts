import type { AttributionBody, LinkBody, OpenZoneBody, SourceBody } from '@kickstand/contract'

/** The terms of each source, by id. */
export type Terms = ReadonlyMap<string, SourceBody>

const UNKNOWN = 'unknown'

/** The licences of a zone's sources, sorted, each once. */
export function licencesOf(sources: readonly { readonly id: string }[], terms: Terms): string[] {
  return [...new Set(sources.map(({ id }) => terms.get(id)?.licence ?? UNKNOWN))].toSorted()
}

/** The attribution of these zones, with one entry per source. */
export function attributionOf(zones: Iterable<Pick<OpenZoneBody, 'sources'>>, terms: Terms): AttributionBody[] {
  const used = new Set<string>()
  for (const { sources } of zones) for (const { id } of sources) used.add(id)
  return [...used].toSorted().map((id) => {
    const source = terms.get(id)
    return {
      source: id,
      name: source?.name ?? id,
      licence: source?.licence ?? UNKNOWN,
      licenceUrl: source?.licenceUrl ?? null,
      attribution: source?.attribution ?? UNKNOWN,
      url: source?.url ?? null,
    }
  })
}

/** A link to each licence that applies to a zone. */
export function licenceLinks(terms: Terms): LinkBody[] {
  const links = new Map<string, LinkBody>()
  for (const { licence, licenceUrl, zones } of terms.values()) {
    if (licenceUrl !== null && zones > 0) links.set(licenceUrl, { href: licenceUrl, rel: 'license', title: licence })
  }
  return [...links.values()]
}
