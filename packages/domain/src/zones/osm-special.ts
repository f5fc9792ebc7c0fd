/** An OSM object's tags. */
export type OsmTags = Readonly<Record<string, string>>

/** A tag for motorcycles where there is one, else the one for all. */
export function special(tags: OsmTags, key: string): string | undefined {
  return ownOf(tags, key) ?? tags[key]
}

/** The tag for motorcycles, in either spelling. */
export function ownOf(tags: OsmTags, key: string): string | undefined {
  return tags[`${key}:motorcycle`] ?? tags[`motorcycle:${key}`]
}
