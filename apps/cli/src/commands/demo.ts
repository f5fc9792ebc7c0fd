import { systemClock, demoStatus, makeDemo, removeDemo } from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import { Argument, type Command } from 'commander'
import { commandActor } from '#actor.ts'
import { print, printJson } from '#output.ts'
import { progressBar } from '#progress.ts'
import { withService, type Service } from '#service.ts'

const ACTIONS = ['status', 'make', 'remove'] as const
const DEFAULT_SEED = 7
const MAX_ZONES = 10_000_000

type Options = {
  readonly seed?: string
  readonly zones?: string
  readonly force?: boolean
  readonly json?: boolean
}

/** `kickstand demo`: show, generate or remove simulated zones. */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('show, generate or remove simulated zones: a demo town, or a large number of zones for measurements')
    .addArgument(new Argument('[action]', 'what to do').choices(ACTIONS).default('status'))
    .option('--seed <n>', `seed of the random generator (whole number, default ${DEFAULT_SEED})`)
    .option('--zones <n>', 'generate this many zones for measurements instead of the town')
    .option('--force', 'generate simulated zones even if the database holds real ones')
    .option('--json', 'print the result as JSON')
    .action(async (action: string, options: Options) => {
      const run = action === 'make' ? make : action === 'remove' ? remove : status
      await withService((service) => run(service, options))
    })
}

async function status({ database }: Service, { json }: Options): Promise<void> {
  const { seed, simulatedZones, realZones } = await demoStatus(database.db)
  if (json) return printJson({ town: seed !== null, seed, simulatedZones, realZones })
  if (simulatedZones === 0)
    print(`No simulated zones; ${realZones} real ones. To generate a town: npx kickstand demo make`)
  else {
    const what = seed === null ? 'for measurements' : `the town of seed ${seed}`
    print(`${simulatedZones} simulated zones (${what}) and ${realZones} real ones.`)
    print('To remove the simulated ones: npx kickstand demo remove')
  }
}

async function make({ config, database, eventLog }: Service, options: Options): Promise<void> {
  const seed = wholeNumber('--seed', options.seed, 0, 4_294_967_295) ?? DEFAULT_SEED
  const zones = wholeNumber('--zones', options.zones, 1, MAX_ZONES)
  if (config.env === 'production') {
    throw invalid(
      'KICKSTAND_ENV is production, where simulated zones are not allowed. Use another environment and database.',
    )
  }
  const { realZones } = await demoStatus(database.db)
  if (realZones > 0 && options.force !== true) {
    throw invalid(
      `The database holds ${realZones} real zones; simulated ones would appear among them. Set KICKSTAND_DATABASE_URL to another database, or add --force.`,
    )
  }
  const bar = progressBar('Generating zones')
  try {
    const made = await makeDemo(
      { db: database.db, eventLog, clock: systemClock, actor: commandActor() },
      { seed, zones },
      bar.show,
    )
    bar.stop()
    if (options.json) return printJson(made)
    print(
      `Generated ${made.zones} simulated zones with ${made.spaces} known spaces (source ${made.source}, seed ${seed}).`,
    )
    print('To see them: npm start. To remove them: npx kickstand demo remove')
  } finally {
    bar.stop()
  }
}

async function remove({ database, eventLog }: Service, { json }: Options): Promise<void> {
  const bar = progressBar('Removing zones')
  try {
    const removed = await removeDemo({ db: database.db, eventLog, clock: systemClock, actor: commandActor() }, bar.show)
    bar.stop()
    if (json) return printJson(removed)
    print(removed.zones === 0 ? 'There were no simulated zones.' : `Removed ${removed.zones} simulated zones.`)
  } finally {
    bar.stop()
  }
}

/** Parses an option; digits may be grouped with `_` or `,`. Throws `invalid-request` outside of the range. */
function wholeNumber(name: string, text: string | undefined, min: number, max: number): number | null {
  if (text === undefined) return null
  const number = Number(text.replaceAll(/[_,]/g, ''))
  if (/^\d[\d_,]*$/.test(text) && number >= min && number <= max) return number
  throw invalid(`${name} is "${text}"; expected a whole number from ${min} to ${max}.`)
}

function invalid(message: string): DomainError {
  return new DomainError('invalid-request', message)
}
