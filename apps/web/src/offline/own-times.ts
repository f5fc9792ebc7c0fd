/** When the sightings were seen that this rider made, by zone, as `latest.observedAt` tells them. */
export const ownTimes = new Map<string, string>()
