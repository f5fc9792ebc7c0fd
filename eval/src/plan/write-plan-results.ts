import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const PLAN_RESULTS_FILE: string = fileURLToPath(new URL('../../PLAN-RESULTS.md', import.meta.url))

const INTRO = `# Plans, simulated

Written by \`npx kickstand eval plan --write\`; do not edit by hand.

Cities are 3 km by 3 km with bays of 3 to 20 spaces, on a grid or an organic street network, and 85, 90 or 95 % full by day. Demand
is correlated over some 300 m; part of it is constant and part changes within hours. A rider at a full bay tries the two next to it.
Bikes stay three hours on average and come and go during the trips. Riders report counts (by default one per two hours and bay,
10 % noise, 10 % liars) for twelve days, which the service's estimator processes. Then trips of 500 to 1500 m by street start, with
destinations drawn by demand. Every policy sends the same rider through the same streets with the same truth, and continues to the
next bay of its order when one is full: \`nearest-first\` by distance to the destination, \`most-free-first\` by expected free spaces
among the 80 nearest, \`nearest-not-full\` by distance with those shown as full last. \`plan\` is GET /v1/plan with limit=5, repeated
after each full bay with \`full=\`; \`plan-once\` follows each plan to its last stop before it requests another; \`plan-parked\` uses
until=parked. \`plan-seeing\` knows all bays at the time of the request, as if each had a sensor, and \`plan-knowing\` knows where
there will be a space, which is not possible in practice: they show the remaining potential. Riding and walking follow the streets;
the plan only knows straight lines. After 15 full bays a rider gives up, which adds 900 s.

The simulation was not used to choose any constant of the estimator or the plan. It showed that chances in small, nearly full bays
were too certain, which led to a better likelihood there, fitted on other bays (see RESULTS.md). The goals are those of the design:
at least 25 % less expected time than \`nearest-first\`, and at least 15 % less than \`most-free-first\`.

The time until parked leaves out the walk and favours policies that park far away: \`plan-parked\` minimizes it and meets both goals,
but riders also want to arrive. \`plan\` minimizes the time until parked and walked. That includes the ride to the destination, about
190 s that no policy can save, so the third measure excludes it: searching and walking beyond riding straight to the destination.
Before plans were repeated and chances corrected, \`plan-once\` saved 36 %, 15 % and 21 % of nearest-first (until parked, and walked,
searching and walking), and −14 %, 37 % and 46 % of most-free-first.

The limit is the information, not its use. From a full bay of eight a bike leaves about every twenty minutes; a report comes every
two hours, is off by 10 % of the spaces, and one in ten is false. \`plan-seeing\` is the same plan with better information. On twelve
other cities no other change exceeded the simulation's error: four to eight stops, other costs of searching on, of a stop and of
walking, longer or shorter streets, more or less certain chances, using bays seen full or not. Four times as many reports had no
effect; twelve times as many gained two points.
`

/** Writes eval/PLAN-RESULTS.md. `command` is what a reader types to get the same. */
export function writePlanResults(command: string, body: string): void {
  writeFileSync(PLAN_RESULTS_FILE, `${INTRO}\n\`${command}\`\n\n${body}\n`)
}
