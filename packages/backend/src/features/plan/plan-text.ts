import type { PlanStopBody } from '@kickstand/contract'

type Reason = PlanStopBody['reasons'][number]

/** Seconds in whole minutes. */
function minutes(seconds: number): string {
  const whole = Math.round(seconds / 60)
  return whole < 1 ? 'under a minute' : `${whole} min`
}

/** Metres rounded to tens below 1 km, else kilometres with one decimal. */
function metresText(metres: number): string {
  if (metres < 995) return `${Math.max(10, Math.round(metres / 10) * 10)} m`
  return `${(metres / 1000).toFixed(1)} km`
}

/** No estimate is certain: at most 99 %. */
function percent(chance: number): string {
  return `${Math.min(99, Math.round(chance * 100))} %`
}

function chanceText(stop: Pick<PlanStopBody, 'chance' | 'chanceKnown'>): string {
  return stop.chanceKnown ? percent(stop.chance) : 'an unknown chance'
}

/** The plan in a sentence: "82 % at the first, 4 min walk; if full, 200 m on." */
export function planText(stops: readonly PlanStopBody[]): string {
  const [first, second] = stops
  if (first === undefined) return 'No zone around the destination is worth the ride.'
  const start = `${capital(chanceText(first))} at the first, ${minutes(first.walkSeconds)} walk`
  if (second === undefined) return `${start}.`
  const onwards = `if full, ${metresText(second.rideMetres)} on`
  const last = stops[stops.length - 1]
  const together = last.chanceKnown ? `; ${percent(last.chanceSoFar)} in all` : ''
  return `${start}; ${onwards}${together}.`
}

/** The reasons for a stop in a sentence. */
export function reasonText(stop: Pick<PlanStopBody, 'reasons'>): string {
  return `${capital(stop.reasons.map(phrase).join('; '))}.`
}

function phrase({ code, chance, metres, seconds }: Reason): string {
  switch (code) {
    case 'chance':
      return `${percent(chance ?? 0)} on arrival, ${minutes(seconds ?? 0)} walk`
    case 'chance-unknown':
      return `no reports of its occupancy yet, ${minutes(seconds ?? 0)} walk`
    case 'nearest':
      return 'the nearest to where you are going'
    case 'nearer-are-likely-full':
      return `nearer ones are likely full (${percent(chance ?? 0)} at best)`
    case 'close-by':
      return `only ${metresText(metres ?? 0)} on`
    case 'full-nearby':
      return `less likely than its own ${percent(chance ?? 0)} if those before are full`
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
