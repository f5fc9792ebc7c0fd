export const INTRODUCTION = `# How good the estimates are

Written by \`npx kickstand eval results --data FOLDER\`; nothing here is typed by hand but the words. Truth is from real series,
riders are simulated from it: a report in two hours for each lot, 10 % noise, 10 % liars unless said otherwise, six weeks to learn
from, then judged every 15 minutes. MAE and CRPS are in shares of the capacity; "in 80 %" is how often the truth lay in the 80 %
range. \`persistence\` is told the truth of the moment, which nobody can be; it shows how soon even that is out of date.`

export const CONSTANTS_TEXT = `## Which data the constants rest on

One set of constants for every place. They were compared on the first six weeks in which each feed moved (three weeks to learn,
three to judge) of Birmingham and Málaga together with six simulated bays that are not among those judged above, and chosen where
the whole gained. Three were also looked at later: the strength of the slow deviation and the curves of the weekend on week-ahead
splits of Birmingham from November on (that of 13 December was printed beside them, and did not decide), and the publish factor
after the range had covered 92 % of Birmingham's test weeks. No real lot of under 100 spaces influenced any.

| constant | rests on |
|---|---|
| fast and slow deviation (τ, θ), forgetting, noise of counts and readings, strength of a zone's own scale, publish factor | first six weeks of Birmingham and Málaga, simulated bays |
| curves of the week and how widely they vary before anything is seen | the shape of parking in general; number of harmonics compared on the same first six weeks and on earlier week-ahead splits; that Friday has a shape of its own also on the splits of Birmingham from 25 October to 6 December, that of 13 December not looked at |
| ψ and how turnover falls off near full | queueing theory: the number parked where riders come at random (M/M/∞), and Erlang's loss formula |
| how far demand goes beyond full, how sharply a count of all spaces is read | 48 simulated bays of 3 to 20 spaces that turn riders away (loads of 0.7 to 1.6, and of 1 to 4), first looked at when plans in the simulated city were found too sure, whose scores were printed meanwhile; Birmingham's test weeks and Málaga's first 120 days were printed beside the bays, and how sharply a count of all spaces is read (0.85) also weighed a gain in Birmingham's Brier of 10 % free |
| noise of who says full or empty | the design's own; no series has such reports |
| outliers, guard, trust | the design's own; not tuned |`
