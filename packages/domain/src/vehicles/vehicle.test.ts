import { expect, it } from 'vitest'
import { everyVehicle, MAY_PARK, VEHICLES } from './vehicle.ts'

it.each(MAY_PARK)('the answer %s can be given for every vehicle of the glossary', (answer) => {
  expect(Object.entries(everyVehicle(answer))).toEqual(VEHICLES.map((vehicle) => [vehicle, answer]))
})
