import { readSeries } from './src/read/read-series.ts'
import { weekAhead } from './src/modes/week-ahead.ts'
import { ALL_PARTS } from './src/methods/kickstand.ts'
const s=await readSeries({series:'/work/shared/data/occupancy/birmingham-2016.csv.gz',minDays:40})
for(const d of (process.argv[3]??'13').split(',')) for(const c of JSON.parse(process.argv[2]??'[{}]')){
 const [mo,da]=d.includes('-')?d.split('-').map(Number):[12,Number(d)]
const r=weekAhead(s,Date.UTC(2016,mo-1,da)/60000,{...ALL_PARTS,...c.parts,constants:c})
console.log(d,JSON.stringify(c),r.kickstand.n,r.kickstand.mae.toFixed(4),r.kickstand.crps.toFixed(4),r.kickstand.coverage80.toFixed(3),'lastweek',r.lastWeek.n,r.lastWeek.mae.toFixed(4))}
