import { simulateBay, exactBayes } from './src/modes/simulated-bay.ts'
import { run } from './src/run.ts'
import { ALL_PARTS } from './src/methods/kickstand.ts'
import { scoresOf, createTally, merge } from './src/score/tally.ts'
const crowd={reportsPerHour:.5,noise:.1,liars:.1,reporters:Number(process.argv[3]??0)}
const variants=JSON.parse(process.argv[2]??'[{}]').map((c:any,i:number)=>({name:'k'+i+JSON.stringify(c),parts:{...ALL_PARTS,...c.parts,constants:c}}))
const tot=new Map()
for(let b=1;b<=8;b++){const bay=simulateBay(b)
for(const m of run(bay.series,{trainWeeks:6,crowd,history:'crowd',sensorEvery:null,horizons:[0],seeds:1,baselines:true,variants,methods:c=>[exactBayes(c,bay,crowd)]} as any,()=>{})){const t=tot.get(m.name)??createTally();merge(t,m.horizons[0]);tot.set(m.name,t)}}
for(const [n,t] of tot){const x=scoresOf(t);console.log(n.padEnd(16),x.n,[x.mae,x.brier10,x.brier1,x.crps,x.coverage80,x.width80,x.ece].map(v=>v.toFixed(4)).join(' '))}
