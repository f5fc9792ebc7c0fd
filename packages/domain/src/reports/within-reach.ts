/** Distance from which a rider can see a zone, and the most that is added for an inaccurate position. */
const WITHIN_REACH_METRES = 150
const MAX_ACCURACY_ALLOWANCE_METRES = 250

/** Whether a zone can be seen from this distance, given a position with this accuracy. Both in metres. */
export function isWithinReach(distance: number, accuracy: number): boolean {
  return distance <= WITHIN_REACH_METRES + Math.min(MAX_ACCURACY_ALLOWANCE_METRES, Math.max(0, accuracy))
}
