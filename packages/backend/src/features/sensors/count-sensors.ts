/** What other features read of the sensors. */
export { countSensors, type SensorCounts } from './sensor-store.ts'
