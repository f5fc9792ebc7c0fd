/** An OSM object's tags. */
export type OsmTags = Readonly<Record<string, string>>

/** The value of a tag for motorcycles, else that for all vehicles. */
export function special(tags: OsmTags, key: string): string | undefined {
  return ownOf(tags, key) ?? tags[key]
}

/** The value of a tag for motorcycles, in either spelling. */
export function ownOf(tags: OsmTags, key: string): string | undefined {
  return tags[`${key}:motorcycle`] ?? tags[`motorcycle:${key}`]
}
