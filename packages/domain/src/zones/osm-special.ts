/** An OSM object's tags. */
export type OsmTags = Readonly<Record<string, string>>

/** The value of a tag for motorcycles, else that for all vehicles. */
export function motorcycleTag(tags: OsmTags, key: string): string | undefined {
  return ownMotorcycleTag(tags, key) ?? tags[key]
}

/** The value of a tag for motorcycles, in either spelling. */
export function ownMotorcycleTag(tags: OsmTags, key: string): string | undefined {
  return tags[`${key}:motorcycle`] ?? tags[`motorcycle:${key}`]
}
