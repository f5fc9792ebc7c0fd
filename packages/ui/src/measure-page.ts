/** What a page measures of itself. Times in milliseconds; `cls` in thousandths. A value that the browser lacks is missing. */
export type PageMeasurements = {
  readonly errors: number
  readonly vitals: { readonly lcp?: number; readonly inp?: number; readonly cls?: number; readonly ttfb?: number }
}

const MAX_ERRORS = 20
/** Shorter interactions do not change the longest one that matters. */
const MIN_INTERACTION_MS = 40

/**
 * Measures the page until it is hidden for the first time, then passes the result on, once: errors, and the web vitals
 * (web.dev/vitals): largest contentful paint, longest interaction, sum of layout shifts, time to the first byte.
 */
export function measurePage(send: (measured: PageMeasurements) => void): void {
  let errors = 0
  let [lcp, inp, cls] = [0, 0, 0]
  const countError = (): void => {
    errors = Math.min(MAX_ERRORS, errors + 1)
  }
  addEventListener('error', countError)
  addEventListener('unhandledrejection', countError)
  observe('largest-contentful-paint', ({ startTime }) => {
    lcp = startTime
  })
  observe('event', ({ duration }) => {
    inp = Math.max(inp, duration)
  })
  observe('layout-shift', (entry) => {
    const shift = entry as PerformanceEntry & { readonly value?: number; readonly hadRecentInput?: boolean }
    if (shift.hadRecentInput !== true) cls += shift.value ?? 0
  })
  document.addEventListener('visibilitychange', function end() {
    if (document.visibilityState !== 'hidden') return
    document.removeEventListener('visibilitychange', end)
    const [navigation] = performance.getEntriesByType('navigation')
    const ttfb = navigation === undefined ? 0 : (navigation as PerformanceNavigationTiming).responseStart
    const vitals = Object.entries({ lcp, inp, cls: cls * 1000, ttfb }).filter(([, value]) => value > 0)
    send({ errors, vitals: Object.fromEntries(vitals.map(([name, value]) => [name, Math.round(value)])) })
  })
}

function observe(type: string, take: (entry: PerformanceEntry) => void): void {
  if (!PerformanceObserver.supportedEntryTypes.includes(type)) return
  const options = { type, buffered: true, durationThreshold: MIN_INTERACTION_MS }
  new PerformanceObserver((list) => list.getEntries().forEach(take)).observe(options)
}
