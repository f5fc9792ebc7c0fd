/** What other features do with the sensors of zones that they remove. */
export { deleteSensorsOfZones, zonesWithReadings } from './sensor-removal-store.ts'
