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
expected free spaces among the 80 nearest, \`nearest-not-full\` by distance but those shown as full last. \`plan\` is GET
/v1/plan with limit=5, asked again after each bay found full, which it is told of (\`full=\`); \`plan-once\` follows each answer to its
last stop before it asks again; \`plan-parked\` asks with until=parked. \`plan-seeing\` sees all bays at the moment it asks, as if
each had a sensor, and \`plan-knowing\` is told where there will be a space, which nobody can be: they show what is left to gain.
Riding and walking go by street; the plan knows only straight lines. After 15 full bays a rider gives up, which counts as 900 s
more.

The simulation chose no constant of the estimator and none of the plan; that it found chances in small, nearly full bays too sure
led to a better likelihood there, fitted on other bays (see RESULTS.md). The goals are those of the design: at least 25 % less
expected time than \`nearest-first\`, at least 15 % less than \`most-free-first\`.

What is "time until parked"? Taken literally it leaves out the walk and flatters who parks far away: \`plan-parked\` makes it least
and meets both goals, but no rider wants only that. \`plan\` makes least what a rider waits for, the time until parked and walked. That
holds the ride to the destination, about 190 s that no way can save, so the third measure counts from there on: searching and
walking beyond riding straight to the destination. Before bays were asked again and chances mended, \`plan-once\` saved 36 %, 15 % and
21 % of nearest-first (until parked, and walked, searching and walking), and −14 %, 37 % and 46 % of most-free-first.

What bounds it is what is known, not how it is used. Of a full bay of eight a bike leaves every twenty minutes or so; a report
comes in two hours, is off by 10 % of the spaces and one in ten is false. \`plan-seeing\` follows the same plan with better eyes. On
twelve other cities nothing else brought more than the simulation's error: four to eight stops, other costs of searching on, of
a stop and of walking, streets longer or shorter, chances made surer or less sure, bays seen full heeded or not. Four times as
many reports brought nothing, twelve times as many two points.
`

/** Writes eval/PLAN-RESULTS.md. `command` is what a reader types to get the same. */
export function writePlanResults(command: string, body: string): void {
  writeFileSync(PLAN_RESULTS_FILE, `${INTRO}\n\`${command}\`\n\n${body}\n`)
}
