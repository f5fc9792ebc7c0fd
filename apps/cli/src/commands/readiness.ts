import {
  appendHistory,
  measureReadiness,
  openSince,
  readHistory,
  recordReader,
  systemClock,
  type Readiness,
} from '@kickstand/backend'
import { GATE_KINDS, isOpen, GATE_LEVELS, type GateKind, type GateLevel } from '@kickstand/domain'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { print, printJson } from '#output.ts'
import { readinessJson } from '#readiness/readiness-json.ts'
import { readinessText } from '#readiness/readiness-text.ts'
import { viewText } from '#readiness/view-text.ts'
import { loadConfig, projectRoot } from '#service.ts'

const VIEWS = ['phase-6', 'phase-4'] as const

type Options = {
  readonly level: GateLevel
  readonly kind: readonly GateKind[]
  readonly view: readonly string[]
  readonly json?: boolean
}

/** `kickstand readiness`: whether this release may go live, measured. */
export function readinessCommand(program: Command): void {
  program
    .command('readiness')
    .description('judge by evidence whether this release may go live; exit code 2 if a gate of the level is open')
    .addOption(
      new Option('--level <level>', 'gates of this level and of stronger ones').choices(GATE_LEVELS).default('could'),
    )
    .option('--kind <kinds>', `comma-separated: ${GATE_KINDS.join(', ')}`, readKinds, [...GATE_KINDS])
    .option('--view <view>', `print a plan line by line; repeat it for both: ${VIEWS.join(', ')}`, collectView, [])
    .option('--json', 'print the result as one JSON object')
    .action(async ({ level, kind, view, json }: Options) => {
      const config = loadConfig()
      const history = readHistory(projectRoot)
      const now = systemClock()
      const deps = {
        root: projectRoot,
        clock: systemClock,
        readRecord: recordReader(config.databaseUrl, systemClock),
        isRehearsal: config.env !== 'production',
      }
      const readiness = await measureReadiness(deps, { level, kinds: kind })
      const since = (id: string): number => openSince(history, id, now)
      if (json) printJson(readinessJson(readiness, level, since))
      else {
        const views = readiness.views.filter(({ id }) => view.includes(id))
        print(views.length > 0 ? views.flatMap(viewText) : readinessText(readiness, { history, now, since }))
      }
      if (level === 'could' && kind.length === GATE_KINDS.length) appendHistory(projectRoot, summaryOf(readiness, now))
      if (readiness.areas.some(({ gates }) => gates.some(isOpen))) process.exitCode = 2
    })
}

function summaryOf({ commit, areas }: Readiness, at: number) {
  return {
    at,
    commit,
    percent: Object.fromEntries(areas.map(({ id, percent }) => [id, percent])),
    open: areas.flatMap(({ gates }) => gates.filter(isOpen).map(({ gate }) => gate.id)),
  }
}

function readKinds(text: string): GateKind[] {
  return text.split(',').map((each) => {
    const kind = GATE_KINDS.find((one) => one === each.trim())
    if (kind === undefined)
      throw new InvalidArgumentError(`Expected some of ${GATE_KINDS.join(', ')}, separated by commas.`)
    return kind
  })
}

function collectView(text: string, earlier: readonly string[]): string[] {
  if (!VIEWS.some((view) => view === text)) throw new InvalidArgumentError(`Expected ${VIEWS.join(' or ')}.`)
  return [...earlier, text]
}
