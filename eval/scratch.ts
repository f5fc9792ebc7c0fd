import { readSeries } from './src/read/read-series.ts'
import { run } from './src/run.ts'
import { ALL_PARTS } from './src/methods/kickstand.ts'
import { scoresOf } from './src/score/tally.ts'
const D='/work/shared/data/occupancy/'
const which=process.argv[2] ?? 'b', seeds=Number(process.argv[3]??1), extra=JSON.parse(process.argv[4]??'{}')
const variants=JSON.parse(process.argv[5]??'[{}]').map((c:any,i:number)=>({name:'k'+i+JSON.stringify(c),parts:{...ALL_PARTS,...c.parts,constants:c}}))
let s=await readSeries(which==='b'?{series:D+'birmingham-2016.csv.gz',minDays:40}:{series:D+'malaga-free-2022-05_2024-12.csv.gz',lots:D+'malaga-lots.csv',minDays:49,maxCapacity:which==='ms'?150:undefined})
console.log(s.lots.length,s.dropped, s.lots.map(l=>l.id+':'+l.capacity).join(' '))
if(extra.days) s={...s,lots:s.lots.map(l=>{const e=l.minutes[0]+extra.days*1440;const n=l.minutes.findIndex(m=>m>e);const q=n<0?l.minutes.length:n;return {...l,minutes:l.minutes.slice(0,q),occupied:l.occupied.slice(0,q)}})}
const t0=Date.now()
const r=run(s,{trainWeeks:6,crowd:{reportsPerHour:.5,noise:.1,liars:.1,reporters:200},history:'crowd',sensorEvery:null,horizons:[0,60],seeds,baselines:true,variants,...extra,...(extra.crowd?{crowd:{reportsPerHour:.5,noise:.1,liars:.1,reporters:200,...extra.crowd}}:{})} as any,()=>{})
for(const m of r) for(const [i,h] of m.horizons.entries()){const x=scoresOf(h);console.log(m.name.padEnd(16),i,x.n,[x.mae,x.brier10,x.brier1,x.crps,x.coverage80,x.width80,x.ece].map(v=>v.toFixed(4)).join(' '))}
console.log((Date.now()-t0)/1000,'s')
