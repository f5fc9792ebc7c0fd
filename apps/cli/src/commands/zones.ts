import { explainZone, joinZones, splitZone, systemClock } from '@kickstand/backend'
import type { Command } from 'commander'
import { print, printJson } from '#output.ts'
import { withService, type Service } from '#service.ts'
import { explanationText } from '#zone-explanation-text.ts'
import { whoDecides } from '#who-decides.ts'

const decideDeps = ({ database, eventLog }: Service) => ({ db: database.db, eventLog, clock: systemClock })

/** `kickstand zones why|join|split`: why a zone is what it is, and a human's word on which places are one. */
export function zonesCommand(program: Command): void {
  const zones = program.command('zones').description('why zones are what they are; join and part them by hand')

  zones
    .command('why')
    .argument('<id>', 'a zone, also one that was merged into another')
    .description('its sources, who says what and why it is shown, and what it was matched with or not')
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
    .argument('<one>', 'a zone')
    .argument('<other>', 'another that is the same place')
    .description('make two zones one, for ever')
    .action(async (one: string, other: string) => {
      await withService(async (service) => {
        await joinZones(decideDeps(service), [one, other], whoDecides())
        print(`${one} and ${other} are one zone now. "kickstand zones why ${one}" tells more.`)
      })
    })

  zones
    .command('split')
    .argument('<id>', 'a zone')
    .argument('<source>', 'the source that means another place')
    .description('take what a source says out of a zone, for ever: it gets a zone of its own')
    .action(async (id: string, source: string) => {
      await withService(async (service) => {
        await splitZone(decideDeps(service), id, source, whoDecides())
        print(`What ${source} says is no longer part of ${id}.`)
      })
    })
}
