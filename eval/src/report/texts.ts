export const INTRODUCTION = `# How good the estimates are

Written by \`npx kickstand eval results --data FOLDER\`; do not edit by hand. The truth is from real series. Riders are simulated:
one report per two hours and lot, 10 % noise and 10 % liars unless stated otherwise. After six weeks of training, forecasts are
scored every 15 minutes. MAE and CRPS are shares of the capacity; "in 80 %" is how often the truth was in the 80 % range.
\`persistence\` knows the true present value, which is not possible in practice; it shows how soon even that is outdated.`

export const CONSTANTS_TEXT = `## Data behind the constants

There is one set of constants for all places. They were chosen by the total score on the first six weeks with changes of each feed
(three weeks of training, three of testing) of Birmingham and Málaga, and six simulated bays that are not among those above. Three
were also checked later: the strength of the slow deviation and the curves of the weekend on week-ahead splits of Birmingham from
November on (the split of 13 December was printed too, but not used), and the publish factor after the range had covered 92 % of
Birmingham's test weeks. No real lot with under 100 spaces was used.

| constant | based on |
|---|---|
| fast and slow deviation (τ, θ), decay, noise of counts and readings, weight of a zone's own scale, publish factor | first six weeks of Birmingham and Málaga, simulated bays |
| curves of the week and their prior variances | general knowledge of parking; the number of harmonics on the same first six weeks and on earlier week-ahead splits; a separate shape for Fridays also on the splits of Birmingham from 25 October to 6 December, without the split of 13 December |
| ψ and how turnover decreases near full | queueing theory: the number parked with random arrivals (M/M/∞), and Erlang's loss formula |
| demand beyond full, sharpness of a full count | 48 simulated bays of 3 to 20 spaces that turn riders away (loads of 0.7 to 1.6, and of 1 to 4), added when chances in the simulated city were found too certain, whose scores were printed meanwhile; Birmingham's test weeks and Málaga's first 120 days were printed with the bays, and the sharpness of a full count (0.85) also considered a gain in Birmingham's Brier of 10 % free |
| noise of reports of full or empty | design; no series has such reports |
| outliers, guard, trust | design; not tuned |`
