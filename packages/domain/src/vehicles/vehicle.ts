/** The vehicles of the glossary. `heavy` is over 250 cc or wide. */
export const VEHICLES = ['moped', 'scooter', 'motorcycle', 'heavy', 'sidecar', 'electric'] as const
export type Vehicle = (typeof VEHICLES)[number]

/** Whether a vehicle may park. Unknown is an answer of its own and is never shown as yes. */
export const MAY_PARK = ['yes', 'no', 'unknown'] as const
export type MayPark = (typeof MAY_PARK)[number]

export type VehicleRules = Readonly<Record<Vehicle, MayPark>>

/** The same answer for every vehicle. */
export function everyVehicle(answer: MayPark): VehicleRules {
  return { moped: answer, scooter: answer, motorcycle: answer, heavy: answer, sidecar: answer, electric: answer }
}
