import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const PLAN_RESULTS_FILE: string = fileURLToPath(new URL('../../PLAN-RESULTS.md', import.meta.url))

const INTRO = `# Plans, simulated

Written by \`npx kickstand eval plan --write\`; do not edit by hand.

Cities of 3 km by 3 km with bays of 3 to 20 spaces, on a grid or on streets that grew, 85, 90 or 95 % full by day. Demand is
alike over some 300 m, lasting in part and in part passing by within hours; who finds a bay full tries the two next to it; bikes
stay three hours on average and come and go while riders ride. Riders report counts (by default one in two hours and bay, 10 %
noise, 10 % liars) for twelve days, from which the service's own estimator learns; then riders set off, 500 to 1500 m by street
from places that demand chooses, and each way of choosing sends the same rider through the same streets and the same truth. Every
way goes to the next bay of its order when one is full: \`nearest-first\` by distance to the destination, \`most-free-first\` by
expected free spaces among the 80 nearest, \`nearest-not-full\` by distance but those shown as full last, \`plan\` as GET /v1/plan
orders them with limit=5, asked again after its last stop. Riding and walking go by street; the plan knows only straight lines. After 15 full
bays a rider gives up, which counts as 900 s more.

The simulation chose no constant of the estimator. The goals are those of the design: at least 25 % less expected time than
\`nearest-first\`, at least 15 % less than \`most-free-first\`. Seconds until parked leave out the walk and flatter who parks far
away; seconds until parked and walked are what the plan makes least. They hold the ride there too, about 200 s that no way can
save.
`

/** Writes eval/PLAN-RESULTS.md. `command` is what a reader types to get the same. */
export function writePlanResults(command: string, body: string): void {
  writeFileSync(PLAN_RESULTS_FILE, `${INTRO}\n\`${command}\`\n\n${body}\n`)
}
