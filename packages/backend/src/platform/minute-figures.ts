/** Upper bounds of the latency classes in milliseconds; a last class has what is above. */
export const LATENCY_BOUNDS_MS = [5, 10, 25, 50, 100, 200, 300, 500, 1000, 3000] as const

/**
 * What a process has counted since the last `take`. `kind` and `label` are from small closed lists, never addresses or ids.
 * `failures`: requests with 5xx, failed runs, page errors. `rejections`: requests with 4xx. `buckets`: counts by latency.
 */
export type Figure = {
  readonly kind: 'requests' | 'jobs' | 'page' | 'gauge'
  readonly label: string
  readonly count: number
  readonly failures: number
  readonly rejections: number
  readonly sum: number
  readonly max: number
  readonly buckets: readonly number[]
}

/** Values of one kind and label within a minute. */
type Mutable = { -readonly [K in keyof Figure]: Figure[K] extends readonly number[] ? number[] : Figure[K] }

/** Counts what happens in this process, to be stored every minute. */
export type MinuteFigures = {
  countRequest(routeClass: string, status: number, ms: number): void
  countRun(job: string, succeeded: boolean, ms: number): void
  /** A value that the page measured of itself, such as a web vital, in milliseconds or (layout shift) thousandths. */
  countVital(name: string, value: number): void
  countPageError(app: string): void
  /** A value of this moment, such as an age in seconds or free bytes. */
  gauge(name: string, value: number): void
  /** All figures since the last call, in the order of kind and label. */
  take(): Figure[]
}

/** More labels than the service has would mean that something unbounded is counted. */
const MAX_LABELS = 200

/** Counts from zero. Beyond a bounded number of labels, further ones count as `other`. */
export function createMinuteFigures(): MinuteFigures {
  let figures = new Map<string, Mutable>()

  function at(kind: Figure['kind'], label: string): Mutable {
    const key = `${kind} ${label}`
    const known = figures.get(key)
    if (known !== undefined) return known
    const shown = figures.size < MAX_LABELS ? label : 'other'
    const made = figures.get(`${kind} ${shown}`) ?? {
      kind,
      label: shown,
      count: 0,
      failures: 0,
      rejections: 0,
      sum: 0,
      max: 0,
      buckets: LATENCY_BOUNDS_MS.map(() => 0).concat(0),
    }
    figures.set(`${kind} ${shown}`, made)
    return made
  }
  function add(figure: Mutable, value: number): void {
    figure.count += 1
    figure.sum += value
    figure.max = Math.max(figure.max, value)
    const index = LATENCY_BOUNDS_MS.findIndex((bound) => value <= bound)
    figure.buckets[index === -1 ? LATENCY_BOUNDS_MS.length : index] += 1
  }

  return {
    countRequest(routeClass, status, ms) {
      const figure = at('requests', routeClass)
      add(figure, ms)
      if (status >= 500) figure.failures += 1
      else if (status >= 400) figure.rejections += 1
    },
    countRun(job, succeeded, ms) {
      const figure = at('jobs', job)
      add(figure, ms)
      if (!succeeded) figure.failures += 1
    },
    countVital: (name, value) => add(at('page', name), value),
    countPageError(app) {
      const figure = at('page', `${app}-errors`)
      figure.count += 1
      figure.failures += 1
    },
    gauge(name, value) {
      const figure = at('gauge', name)
      figure.count = 1
      figure.sum = value
      figure.max = value
    },
    take() {
      const taken = [...figures].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, figure]) => figure)
      figures = new Map()
      return taken
    },
  }
}
