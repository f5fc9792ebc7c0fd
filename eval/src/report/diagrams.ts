import { runOptions } from '../evaluate.ts'
import type { Series } from '#series.ts'
import { run } from '../run.ts'
import { reliabilityDiagram } from './reliability.ts'
import { firstDays } from './section-ablations.ts'
import { DEFAULT_OPTIONS } from './section-series.ts'

export type Diagram = { readonly name: string; readonly title: string; readonly svg: string }

/** A reliability diagram of the estimator and of the baselines for each series, an hour ahead and now. */
export function diagrams(series: { readonly birmingham: Series; readonly malaga: Series }, seeds: number): Diagram[] {
  const sets = [
    ['birmingham', 'Birmingham', series.birmingham],
    ['malaga', 'Málaga', firstDays(series.malaga, 300)],
  ] as const
  return sets.flatMap(([id, city, data]) => {
    const methods = run(data, runOptions({ ...DEFAULT_OPTIONS, seeds: Math.min(seeds, 2) }), () => {})
    const shown = methods.filter(({ name }) => name === 'kickstand' || name === 'decay-to-mean')
    return shown.flatMap(({ name, horizons }) =>
      horizons.map((tally, i) => {
        const ahead = DEFAULT_OPTIONS.horizons[i] === 0 ? 'now' : `+${DEFAULT_OPTIONS.horizons[i]}`
        const title = `${city}, ${name}, ${ahead}`
        return { name: `${id}-${name}-${ahead.replace('+', 'plus-')}`, title, svg: reliabilityDiagram(title, tally) }
      }),
    )
  })
}
