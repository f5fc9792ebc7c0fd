import { explainZone, joinZones, splitZone, systemClock } from '@kickstand/backend'
import type { Command } from 'commander'
import { print, printJson } from '#output.ts'
import { withService, type Service } from '#service.ts'
import { explanationText } from '#zone-explanation-text.ts'
import { commandActor, whoDecides } from '#actor.ts'

const decideDeps = ({ database, eventLog }: Service) => ({
  db: database.db,
  eventLog,
  clock: systemClock,
  actor: commandActor(),
})

/** `kickstand zones why|join|split`: explains a zone, and records decisions on which places are one zone. */
export function zonesCommand(program: Command): void {
  const zones = program.command('zones').description('explain zones; join and split them manually')

  zones
    .command('why')
    .argument('<id>', 'id of a zone, also of one that was merged into another')
    .description('explain a zone: its sources, the value that each states, which is shown, and how it was matched')
    .option('--json', 'print it as one JSON object')
    .action(async (id: string, options: { json?: boolean }) => {
      await withService(async ({ database }) => {
        const explanation = await explainZone(database.db, id)
        if (options.json) printJson({ ...explanation, claims: Object.fromEntries(explanation.claims) })
        else print(explanationText(explanation))
      })
    })

  zones
    .command('join')
    .argument('<one>', 'id of a zone')
    .argument('<other>', 'id of another zone that is the same place')
    .description('join two zones into one; later imports do not separate them')
    .action(async (one: string, other: string) => {
      await withService(async (service) => {
        await joinZones(decideDeps(service), [one, other], whoDecides())
        print(`${one} and ${other} are one zone now. "kickstand zones why ${one}" explains it.`)
      })
    })

  zones
    .command('split')
    .argument('<id>', 'id of a zone')
    .argument('<source>', 'id of the source that lists another place')
    .description('separate the data of a source from a zone into a new zone; later imports do not join them')
    .action(async (id: string, source: string) => {
      await withService(async (service) => {
        await splitZone(decideDeps(service), id, source, whoDecides())
        print(`The data of ${source} is no longer part of ${id}.`)
      })
    })
}
