import { newId, ownOrigin, systemClock, type PeopleDeps } from '@kickstand/backend'
import { commandActor } from '#actor.ts'
import type { Service } from '#service.ts'

/** What changes of accounts need, with the user of the operating system as the actor. */
export function peopleDeps({
  config,
  database: { db, engine },
}: Service): PeopleDeps & { newId: typeof newId; origin: string } {
  return { db, engine, clock: systemClock, newId, origin: ownOrigin(config), actor: commandActor() }
}
