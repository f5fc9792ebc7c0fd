import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readSeries } from '#read/read-series.ts'
import type { Series } from '#series.ts'
import { diagrams } from './diagrams.ts'
import { ablationSection, bySituation, smallSection } from './section-ablations.ts'
import { goalsSection, type Cost, type GoalFigures } from './section-goals.ts'
import { baySection, coldStartSection, weekAheadSection } from './section-modes.ts'
import { liarSection, seriesSection } from './section-series.ts'
import { CONSTANTS_TEXT, INTRODUCTION } from './texts.ts'

export type ResultsOptions = {
  readonly data: string
  readonly out: string
  readonly seeds: number
  readonly measureCost: () => Cost
  /** Milliseconds since any fixed time. */
  readonly clock: () => number
}

/** Runs every evaluation and writes `RESULTS.md` with the reliability diagrams beside it. Returns the file's path and the goals. */
export async function writeResults(
  { data, out, seeds, measureCost, clock }: ResultsOptions,
  progress: (line: string) => void,
): Promise<{ readonly file: string; readonly figures: GoalFigures }> {
  const birmingham = await readSeries({ series: path.join(data, 'birmingham-2016.csv.gz'), minDays: 40 })
  const malaga = await readSeries({
    series: path.join(data, 'malaga-free-2022-05_2024-12.csv.gz'),
    lots: path.join(data, 'malaga-lots.csv'),
    timeZone: 'Europe/Madrid',
    minDays: 40,
  })
  const small = upToCapacity(malaga, 150)
  const parts: string[] = [INTRODUCTION]
  const add = (name: string, make: () => string): void => {
    const started = clock()
    parts.push(make())
    progress(`${name}: ${((clock() - started) / 1000).toFixed(1)} s`)
  }
  const begun = clock()
  const goals = goalsSection(birmingham, small, seeds, measureCost())
  parts.push(goals.text)
  progress(`goals: ${((clock() - begun) / 1000).toFixed(1)} s`)
  add('Birmingham', () => seriesSection('Birmingham, 28 lots', birmingham, seeds))
  add('Málaga', () => seriesSection('Málaga, 2022–2024, 12 lots', malaga, Math.min(seeds, 2)))
  add('small lots', () => seriesSection('Málaga, its two lots of 100 and 129 spaces', small, seeds))
  add('simulated small lots', () => smallSection(birmingham, malaga, seeds))
  add('simulated bay', () => baySection(seeds))
  add('week ahead', () => weekAheadSection(birmingham))
  add('cold start', () => coldStartSection(birmingham, seeds))
  add('liars', () => liarSection(birmingham, seeds))
  add('situations', () => bySituation(birmingham, seeds))
  add('ablations', () => ablationSection(birmingham, malaga, seeds))
  parts.push(CONSTANTS_TEXT)
  await mkdir(path.join(out, 'diagrams'), { recursive: true })
  const drawn: string[] = []
  for (const { name, title, svg } of diagrams({ birmingham, malaga }, seeds)) {
    await writeFile(path.join(out, 'diagrams', `${name}.svg`), svg)
    drawn.push(`![${title}](diagrams/${name}.svg)`)
  }
  parts.push(`## Calibration\n\n${drawn.join('\n')}`)
  const file = path.join(out, 'RESULTS.md')
  await writeFile(file, `${parts.join('\n\n')}\n`)
  return { file, figures: goals.figures }
}

function upToCapacity(series: Series, largest: number): Series {
  return { ...series, lots: series.lots.filter(({ capacity }) => capacity <= largest) }
}
