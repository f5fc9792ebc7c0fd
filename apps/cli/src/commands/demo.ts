import { systemClock, demoStatus, makeDemo, removeDemo } from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import { Argument, type Command } from 'commander'
import { print, printJson } from '#output.ts'
import { progressBar } from '#progress.ts'
import { withService, type Service } from '#service.ts'

const ACTIONS = ['status', 'make', 'remove'] as const
const USUAL_SEED = 7
const MOST_ZONES = 10_000_000

type Options = {
  readonly seed?: string
  readonly zones?: string
  readonly force?: boolean
  readonly json?: boolean
}

/** `kickstand demo`: see, make or take away simulated zones. */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('simulated zones: see whether there are any, make a town or a world of them, take them away')
    .addArgument(new Argument('[action]', 'what to do').choices(ACTIONS).default('status'))
    .option('--seed <n>', `another town or world (whole number, usually ${USUAL_SEED})`)
    .option('--zones <n>', 'make a world of so many zones for measurements instead of the town')
    .option('--force', 'make it even where the database holds real zones')
    .option('--json', 'print the result as JSON')
    .action(async (action: string, options: Options) => {
      const act = action === 'make' ? make : action === 'remove' ? remove : status
      await withService((service) => act(service, options))
    })
}

async function status({ database }: Service, { json }: Options): Promise<void> {
  const { seed, simulatedZones, realZones } = await demoStatus(database.db)
  if (json) return printJson({ town: seed !== null, seed, simulatedZones, realZones })
  if (simulatedZones === 0) print(`No simulated zones; ${realZones} real ones. To make a town: npx kickstand demo make`)
  else {
    const what = seed === null ? 'a world for measurements' : `the town of seed ${seed}`
    print(`${simulatedZones} simulated zones (${what}) and ${realZones} real ones.`)
    print('To take the simulated ones away: npx kickstand demo remove')
  }
}

async function make({ config, database, eventLog }: Service, options: Options): Promise<void> {
  const seed = wholeNumber('--seed', options.seed, 0, 4_294_967_295) ?? USUAL_SEED
  const zones = wholeNumber('--zones', options.zones, 1, MOST_ZONES)
  if (config.env === 'production') {
    throw refused('KICKSTAND_ENV is production, which never holds simulated zones. Use another database for them.')
  }
  const { realZones } = await demoStatus(database.db)
  if (realZones > 0 && options.force !== true) {
    throw refused(
      `The database holds ${realZones} real zones, and simulated ones would stand among them. Set KICKSTAND_DATABASE_URL to another, or add --force.`,
    )
  }
  const bar = progressBar('Making zones')
  try {
    const made = await makeDemo({ db: database.db, eventLog, clock: systemClock }, { seed, zones }, bar.show)
    bar.stop()
    if (options.json) return printJson(made)
    print(`Made ${made.zones} simulated zones with ${made.spaces} known spaces (source ${made.source}, seed ${seed}).`)
    print('To see them: npm start. To take them away: npx kickstand demo remove')
  } finally {
    bar.stop()
  }
}

async function remove({ database, eventLog }: Service, { json }: Options): Promise<void> {
  const bar = progressBar('Removing zones')
  try {
    const removed = await removeDemo({ db: database.db, eventLog }, bar.show)
    bar.stop()
    if (json) return printJson(removed)
    print(removed.zones === 0 ? 'There were no simulated zones.' : `Removed ${removed.zones} simulated zones.`)
  } finally {
    bar.stop()
  }
}

function wholeNumber(name: string, text: string | undefined, least: number, most: number): number | null {
  if (text === undefined) return null
  const number = Number(text.replaceAll(/[_,]/g, ''))
  if (/^\d[\d_,]*$/.test(text) && number >= least && number <= most) return number
  throw refused(`${name} is "${text}"; expected a whole number from ${least} to ${most}.`)
}

function refused(message: string): DomainError {
  return new DomainError('invalid-request', message)
}
