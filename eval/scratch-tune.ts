import { readSeries } from './src/read/read-series.ts'
import { run } from './src/run.ts'
import { ALL_PARTS } from './src/methods/kickstand.ts'
import { simulateBay } from './src/modes/simulated-bay.ts'
import { scoresOf } from './src/score/tally.ts'
const D='/work/shared/data/occupancy/'
const cut=(s:any,a:number,b:number)=>({...s,lots:s.lots.map((l:any)=>{const e=l.minutes[0]+b*1440;const n=l.minutes.findIndex((m:number)=>m>e);const q=n<0?l.minutes.length:n;return {...l,minutes:l.minutes.slice(0,q),occupied:l.occupied.slice(0,q)}})})
const b=cut(await readSeries({series:D+'birmingham-2016.csv.gz',minDays:40}),0,42)
const m=cut(await readSeries({series:D+'malaga-free-2022-05_2024-12.csv.gz',lots:D+'malaga-lots.csv',minDays:49}),0,42)
const bays={lots:[11,12,13,14,15,16].map(i=>simulateBay(i).series.lots[0]),timeZone:'UTC',dropped:{} as any}
const bayc=cut(bays,0,42)
const small=(s:any,c:number,seed:number)=>s
const sets:any={b:[b,{}],m:[m,{}],y:[bayc,{}],bc:[b,{history:'counter'}],mc:[m,{history:'counter'}]}
const variants=JSON.parse(process.argv[2]??'[{}]')
for(const c of variants){ let line='',tot=0
 for(const [n,[s,o]] of Object.entries(sets) as any){
  const r=run(s,{trainWeeks:3,crowd:{reportsPerHour:.5,noise:.1,liars:.1,reporters:200},history:'crowd',sensorEvery:null,horizons:[0,60],seeds:1,baselines:false,variants:[{name:'k',parts:{...ALL_PARTS,...c.parts,constants:c}}],...o} as any,()=>{})
  const x=r[0].horizons.map(scoresOf); const cr=(x[0].crps+x[1].crps)/2; tot+=Math.log(cr)
  line+=` ${n} ${x[0].mae.toFixed(4)} ${cr.toFixed(4)} ${x[0].coverage80.toFixed(2)} |`}
 console.log((tot/5).toFixed(4),line,JSON.stringify(c))}
