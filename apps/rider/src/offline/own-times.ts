/** Times of this rider's own sightings by zone id, in the format of `latest.observedAt`. */
export const ownTimes = new Map<string, string>()
